import { dutiesOf, error, type Rule, triggers, warning } from './check-problem.ts';
import { unknown } from './check-unknown.ts';
import { beyond, isAnswer, takenIn, waits } from './check-reach.ts';

export const starts: Rule = (p, map) => [
  ...triggers(p).flatMap(({ path, on }) => {
    const [name = '', what] = on.split('.');
    const duty = p.duties[name];
    if (what === undefined) {
      if (on === 'opened' || on === 'notice-failed' || on === 'filing-failed' || p.actions[on]) return [];
      return [error(path, `“${on}”既不是操作，也不是 opened 或 notice-failed${duty ? `；如指期限，请写 ${on}.met、${on}.lapsed 或 ${on}.overdue` : ''}。`,
        `"${on}" is no action, nor "opened" or "notice-failed"${duty ? `; for the duty, write ${on}.met, ${on}.lapsed or ${on}.overdue` : ''}.`)];
    }
    if (what === 'linked' || what === 'failed') return unknown('link', Object.keys(p.links), [[path, name]]);
    if (!duty || what === 'met' || what === 'extended' || what === 'appointed' || (what === 'overdue') === (duty.expiry === 'escalates')) return [];
    const other = what === 'overdue' ? 'lapsed' : 'overdue';
    return [error(path, `“${name}”的 expiry 是 ${duty.expiry}，不会发生 ${on}；请写 ${name}.${other}。`,
      `"${name}" has expiry ${duty.expiry}, so ${on} never happens; write ${name}.${other}.`)];
  }),
  ...dutiesOf(p).filter(([d, { starts: s }]) => !map.started.has(d) && !isAnswer(p, d) && !s.some((t) => waits(p, map, t.on))).map(([d]) =>
    error(['duties', d, 'starts'], `“${d}”永远不会起算：它等待的事都不会发生。请改写 starts。`,
      `The clock of "${d}" can never start: nothing that it waits for can happen. Change "starts".`)),
];

export const meets: Rule = (p, map) =>
  dutiesOf(p).flatMap(([d, duty]) => {
    const possible = duty.met.filter((m) => map.actions.has(m.by));
    // An action that is not there, or that the way does not lead to, has been complained of.
    if (duty.met.some((m) => !p.actions[m.by] || beyond(p, map, m.by))) return [];
    if (possible.length === 0)
      return [error(['duties', d, 'met'], `没有任何能办理的操作可以完成“${d}”。请在 met 中写一个能到达的操作。`,
        `Nothing that can be done meets "${d}". Name an action in "met" that can be taken.`)];
    // A right is rightly used when the case has ended, and a duty that begins there is met there.
    const late = possible.every((m) => takenIn(p, m.by).every((s) => p.stages[s]?.final));
    const early = duty.starts.some((t) => !p.stages[p.actions[t.on]?.to ?? '']?.final);
    if (!late || !early || p.roles[duty.owes]?.outside) return [];
    return [warning(['duties', d, 'met'], `“${d}”只能在事项终结之后完成。如非本意，请扩大该操作的 from。`,
      `"${d}" can be met only once the case has ended. If that is not meant, widen the "from" of the action.`)];
  });

export const papers: Rule = (p) =>
  dutiesOf(p).flatMap(([d, duty]) => duty.met.flatMap(({ by, with: paper }, i) => {
    const action = p.actions[by];
    if (paper === undefined || !action) return [];
    const path = ['duties', d, 'met', i, 'with'];
    const field = action.fields[paper];
    if (!field)
      return [error(path, `操作“${by}”没有字段“${paper}”，永远完成不了“${d}”。请给该操作加上这个字段。`,
        `The action "${by}" has no field "${paper}", so it never meets "${d}". Add the field to the action.`)];
    return field.optional
      ? [warning(path, `操作“${by}”的“${paper}”可以不填；不填时“${d}”不算完成。建议改为必填。`,
          `"${paper}" may be left out of the action "${by}", which then does not meet "${d}". Better make it required.`)]
      : [];
  }));
