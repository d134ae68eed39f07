import type { Citation } from './citation.ts';
import { inDays } from './duration.ts';
import { duration } from './reckon-text.ts';
import type { Action, Condition, Duty, Procedure } from './procedure.ts';
import type { Text } from './text.ts';

/** Something wrong with a procedure: where in the file, and what to do about it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly severity: 'error' | 'warning';
  readonly text: Text;
}

/** What the world offers that a procedure may refer to. Left out, it is not checked. */
export interface Known {
  readonly calendars?: readonly string[];
}

/**
 * Reads a procedure as a lawyer would who looks for the holes in it. An error
 * is something by which a case could get stuck, a duty could never be met, or
 * a ladder could go silent; a warning may be meant.
 */
export function check(procedure: Procedure, known: Known = {}): Problem[] {
  const map = explore(procedure);
  return RULES.flatMap((rule) => rule(procedure, map, known)).toSorted(bySeverity);
}

type Path = Problem['path'];
type Rule = (p: Procedure, map: Reach, known: Known) => Problem[];

const error = (path: Path, zh: string, en: string): Problem => ({ path, severity: 'error', text: { zh, en } });
const warning = (path: Path, zh: string, en: string): Problem => ({ path, severity: 'warning', text: { zh, en } });
const bySeverity = (a: Problem, b: Problem): number => Number(a.severity === 'warning') - Number(b.severity === 'warning');

// ---- what can happen at all

/** The stages and actions that a case can come to, and the duties whose clock can start. */
interface Reach {
  readonly stages: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
  readonly started: ReadonlySet<string>;
  /** The stages where the way breaks off. What is only beyond them is not complained of, for it comes right with them. */
  readonly cutOff: readonly string[];
}

function explore(p: Procedure): Reach {
  const stages = stagesFrom(p, p.opens);
  const actions = new Set(Object.keys(p.actions).filter((a) => takenIn(p, a).some((s) => stages.has(s))));
  return { stages, actions, started: starting(p, actions), cutOff: cutOff(p, stages) };
}

/** The unreached stages to which no other stage leads; where they only lead to each other, the first. */
function cutOff(p: Procedure, reached: ReadonlySet<string>): string[] {
  const lost = Object.keys(p.stages).filter((s) => !reached.has(s));
  const led = (s: string): boolean => Object.entries(p.actions).some(([a, { to }]) => to === s && takenIn(p, a).some((from) => from !== s && p.stages[from]));
  const first = lost.filter((s) => !led(s));
  return first.length > 0 ? first : lost.slice(0, 1);
}

/** Whether an action is only out of reach because the way to it breaks off before. */
const beyond = (p: Procedure, map: Reach, action: string): boolean =>
  map.cutOff.length > 0 && !map.actions.has(action) && takenIn(p, action).some((s) => p.stages[s]);

/** The stages in which an action may be taken. */
function takenIn(p: Procedure, action: string): string[] {
  const rule = p.actions[action];
  if (!rule || rule.by.length === 0) return [];
  return rule.from ?? Object.keys(p.stages).filter((s) => !p.stages[s]?.final);
}

/** A stage and all to which actions can lead from it. */
function stagesFrom(p: Procedure, first: string): Set<string> {
  const found = new Set([first]);
  for (const stage of found)
    for (const [action, { to }] of Object.entries(p.actions))
      if (to !== undefined && takenIn(p, action).includes(stage)) found.add(to);
  return found;
}

/** The duties that can start, given that one may start another: grown until nothing more is added. */
function starting(p: Procedure, actions: ReadonlySet<string>): Set<string> {
  const started = new Set<string>();
  for (let before = -1; before !== started.size; ) {
    before = started.size;
    for (const [name, duty] of Object.entries(p.duties))
      if (duty.starts.some((t) => happens(p, t.on, actions, started))) started.add(name);
  }
  return started;
}

function happens(p: Procedure, on: string, actions: ReadonlySet<string>, started: ReadonlySet<string>): boolean {
  const [name = '', what] = on.split('.');
  if (what === undefined) return on === 'opened' || on === 'notice-failed' || actions.has(on);
  const duty = p.duties[name];
  if (!duty || !started.has(name)) return false;
  if (what === 'met') return duty.met.some((m) => actions.has(m.by));
  return (what === 'overdue') === (duty.expiry === 'escalates');
}

// ---- names that refer to nothing

type Kind = 'role' | 'action' | 'stage' | 'ladder' | 'duty' | 'field' | 'source' | 'calendar';

const KINDS: Readonly<Record<Kind, Text>> = {
  role: { zh: '角色', en: 'role' },
  action: { zh: '操作', en: 'action' },
  stage: { zh: '阶段', en: 'stage' },
  ladder: { zh: '逾期报告序列', en: 'ladder' },
  duty: { zh: '期限', en: 'duty' },
  field: { zh: '字段', en: 'field' },
  source: { zh: '依据', en: 'source' },
  calendar: { zh: '日历', en: 'calendar' },
};

/** A problem for each name that is not among those known. */
function unknown(kind: Kind, known: readonly string[], names: readonly (readonly [Path, string])[]): Problem[] {
  const { zh, en } = KINDS[kind];
  const list = known.join(', ');
  return names
    .filter(([, name]) => !known.includes(name))
    .map(([path, name]) => {
      const like = known.find((k) => alike(k, name));
      return like === undefined
        ? error(path, `没有名为“${name}”的${zh}；已有：${list || '无'}。请改用其中之一，或先写明它。`,
            `There is no ${en} "${name}"; there are: ${list || 'none'}. Use one of these, or declare it.`)
        : error(path, `没有名为“${name}”的${zh}；是否指“${like}”？`, `There is no ${en} "${name}". Did you mean "${like}"?`);
    });
}

/** Whether two names differ by a slip of the pen: a letter more, less or other, or two that changed places. */
function alike(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || (x.slice(2) === y.slice(2) && x[0] === y[1] && x[1] === y[0]);
}

const each = (path: Path, names: readonly string[]): (readonly [Path, string])[] => names.map((n, i) => [[...path, i], n]);
const maybe = (path: Path, name: string | undefined): (readonly [Path, string])[] => (name === undefined ? [] : [[path, name]]);

const actionsOf = (p: Procedure): [string, Action][] => Object.entries(p.actions);
const dutiesOf = (p: Procedure): [string, Duty][] => Object.entries(p.duties);

const roles: Rule = (p) =>
  unknown('role', Object.keys(p.roles), [
    ...each(['corrects'], p.corrects),
    ...actionsOf(p).flatMap(([a, { by, tell }]) => [...each(['actions', a, 'by'], by), ...each(['actions', a, 'tell'], tell)]),
    ...Object.entries(p.ladders).flatMap(([l, rungs]) => rungs.map(({ tell }, i) => [['ladders', l, i, 'tell'], tell] as const)),
    ...dutiesOf(p).flatMap(([d, { owes, extension }]) => [
      [['duties', d, 'owes'], owes] as const,
      ...each(['duties', d, 'extension', 'tell'], extension?.tell ?? []),
    ]),
  ]);

const stageNames: Rule = (p) =>
  unknown('stage', Object.keys(p.stages), [
    [['opens'], p.opens],
    ...actionsOf(p).flatMap(([a, { from, to }]) => [...each(['actions', a, 'from'], from ?? []), ...maybe(['actions', a, 'to'], to)]),
  ]);

const actionNames: Rule = (p) =>
  unknown('action', Object.keys(p.actions), [
    ...actionsOf(p).flatMap(([a, { otherThan }]) => each(['actions', a, 'otherThan'], otherThan)),
    ...dutiesOf(p).flatMap(([d, duty]) => [
      ...duty.met.map(({ by }, i) => [['duties', d, 'met', i, 'by'], by] as const),
      ...each(['duties', d, 'ends'], duty.ends),
      ...maybe(['duties', d, 'extension', 'by'], duty.extension?.by),
      ...duty.pauses.flatMap(({ on, until }, i) => [
        [['duties', d, 'pauses', i, 'on'], on] as const,
        [['duties', d, 'pauses', i, 'until'], until] as const,
      ]),
      ...duty.restarts.map(({ on }, i) => [['duties', d, 'restarts', i, 'on'], on] as const),
    ]),
  ]);

const dutyNames: Rule = (p) =>
  unknown('duty', Object.keys(p.duties), [
    ...actionsOf(p).flatMap(([a, { settled, during }]) => [...each(['actions', a, 'settled'], settled), ...each(['actions', a, 'during'], during)]),
    ...triggers(p).flatMap(({ path, on }) => (on.includes('.') ? maybe(path, on.split('.')[0]) : [])),
  ]);

const ladderNames: Rule = (p) =>
  unknown('ladder', Object.keys(p.ladders), dutiesOf(p).flatMap(([d, { ladder }]) => maybe(['duties', d, 'ladder'], ladder)));

const calendarName: Rule = (p, _, { calendars }) => (calendars ? unknown('calendar', calendars, [[['calendar'], p.calendar]]) : []);

/** A duty that begins again when it ends may do so every month, not every minute. */
const restless: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { starts: s, limit }]) =>
    s.some(({ on }) => on.startsWith(`${d}.`)) && limit.count && (!inDays(limit.count.unit) || limit.count.amount === 0)
      ? [error(['duties', d, 'starts'], '该义务结束后立即重新开始，且期限不足一日，将无休止地循环。请改用以日计的期限。', 'This duty starts itself again and lasts less than a day, so it would never come to rest. Give it a limit in days.')]
      : []);

const reserved: Rule = (p) =>
  Object.keys(p.actions)
    .filter((a) => ['opened', 'notice-failed', 'correct'].includes(a))
    .map((a) => error(['actions', a], `“${a}”是系统保留的名称，请给该操作换一个名称。`, `"${a}" is a name the system uses itself; give the action another one.`));

// ---- stages and actions

const stages: Rule = (p, map) => {
  const out = map.cutOff.map((s) =>
    error(['stages', s], `没有任何操作能使事项进入“${s}”阶段。请在某个操作中写 to: ${s}，或删去该阶段。`,
      `No action leads to the stage "${s}". Write "to: ${s}" in an action, or take the stage out.`));
  const ends = (s: string): boolean => [...stagesFrom(p, s)].some((to) => p.stages[to]?.final);
  if (p.stages[p.opens]?.final)
    out.push(error(['opens'], '事项一登记就处于终结阶段。请换一个起始阶段。', 'A case would begin in a final stage. Open it in another one.'));
  if (!ends(p.opens))
    out.push(error(['stages'], '从起始阶段到不了任何终结阶段，事项永远不能结案。请给某个能到达的阶段写 final: true。',
      'No final stage can be reached, so no case could ever be closed. Mark a stage that can be reached with "final: true".'));
  else
    for (const s of map.stages)
      if (p.stages[s] && !ends(s))
        out.push(error(['stages', s], `进入“${s}”阶段后再也到不了终结阶段。请增加一个从它出发的操作。`,
          `From the stage "${s}" no final stage can be reached. Add an action that leads on from it.`));
  return out;
};

const actions: Rule = (p, map) =>
  actionsOf(p).flatMap(([a, { by }]) => {
    if (by.length === 0)
      return [error(['actions', a, 'by'], `没有人可以办理“${a}”。请在 by 中写明角色。`, `Nobody may take "${a}". Name a role in "by".`)];
    return map.actions.has(a) || (beyond(p, map, a) && !takenIn(p, a).some((s) => map.cutOff.includes(s))) ? []
      : [error(['actions', a, 'from'], `“${a}”永远办理不到：没有操作能使事项进入它的 from 阶段。`,
          `"${a}" can never be taken: no action leads to a stage in its "from".`)];
  });

const channels: Rule = (p) =>
  Object.keys(p.channels).length > 0 ? [] : [error(['channels'], '没有渠道，无法登记事项。请至少写一个。', 'There is no channel, so no case can be opened. Name at least one.')];

// ---- how duties start and are met

interface Listening { readonly duty: string; readonly rule: Duty; readonly path: Path; readonly on: string }

const triggers = (p: Procedure): Listening[] =>
  dutiesOf(p).flatMap(([duty, rule]) => rule.starts.map(({ on }, i) => ({ duty, rule, path: ['duties', duty, 'starts', i, 'on'], on })));

const starts: Rule = (p, map) => [
  ...triggers(p).flatMap(({ path, on }) => {
    const [name = '', what] = on.split('.');
    const duty = p.duties[name];
    if (what === undefined) {
      if (on === 'opened' || on === 'notice-failed' || p.actions[on]) return [];
      return [error(path, `“${on}”既不是操作，也不是 opened 或 notice-failed${duty ? `；如指期限，请写 ${on}.met、${on}.lapsed 或 ${on}.overdue` : ''}。`,
        `"${on}" is no action, nor "opened" or "notice-failed"${duty ? `; for the duty, write ${on}.met, ${on}.lapsed or ${on}.overdue` : ''}.`)];
    }
    if (!duty || what === 'met' || (what === 'overdue') === (duty.expiry === 'escalates')) return [];
    const other = what === 'overdue' ? 'lapsed' : 'overdue';
    return [error(path, `“${name}”的 expiry 是 ${duty.expiry}，不会发生 ${on}；请写 ${name}.${other}。`,
      `"${name}" has expiry ${duty.expiry}, so ${on} never happens; write ${name}.${other}.`)];
  }),
  ...dutiesOf(p).filter(([d, { starts: s }]) => !map.started.has(d) && !s.some((t) => waits(p, map, t.on))).map(([d]) =>
    error(['duties', d, 'starts'], `“${d}”永远不会起算：它等待的事都不会发生。请改写 starts。`,
      `The clock of "${d}" can never start: nothing that it waits for can happen. Change "starts".`)),
];

/** Whether a trigger is out of reach for a reason already given. */
function waits(p: Procedure, map: Reach, on: string, seen: readonly string[] = []): boolean {
  const [name = '', what] = on.split('.');
  if (what === undefined) return beyond(p, map, on);
  const duty = p.duties[name];
  if (!duty || seen.includes(name)) return false;
  if (what === 'met' && duty.met.some((m) => beyond(p, map, m.by))) return true;
  return duty.starts.some((t) => waits(p, map, t.on, [...seen, name]));
}

const meets: Rule = (p, map) =>
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

const papers: Rule = (p) =>
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

// ---- limits and what moves them

const dated: Rule = (p) =>
  triggers(p).flatMap(({ duty, rule, on }) => {
    const { field } = rule.limit;
    if (field === undefined) return [];
    const path = ['duties', duty, 'limit', 'field'];
    const found = (on === 'opened' ? p.intake : p.actions[on]?.fields)?.[field];
    if (found?.kind !== 'date')
      return [error(path, `“${on}”没有日期字段“${field}”，无法确定“${duty}”的期限。请加上：${field}: date。`,
        `"${on}" has no date field "${field}" to set the last day of "${duty}". Add it: "${field}: date".`)];
    // At intake a date left out says that none was set; an action that sets a limit must name it.
    return found.optional && on !== 'opened'
      ? [warning(path, `操作“${on}”的日期“${field}”可以不填；不填时“${duty}”不起算。建议改为必填。`,
          `The date "${field}" may be left out of "${on}", and then "${duty}" does not start. Better make it required.`)]
      : [];
  });

const extensions: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { limit, extension }]) => {
    if (!extension) return [];
    const out: Problem[] = [];
    const { upTo, by, field } = extension;
    if (!limit.count)
      out.push(error(['duties', d, 'extension'], `“${d}”的期限是指定日期，不能按天延长；请由该操作另行指定日期。`,
        `The last day of "${d}" is set by a date, so days cannot be added; have a new date set instead.`));
    else if (upTo.unit !== limit.count.unit)
      out.push(error(['duties', d, 'extension', 'upTo'],
        `延期 ${duration(upTo).zh} 与期限 ${duration(limit.count).zh} 的单位不同。请用同一单位。`,
        `An extension in ${upTo.unit} cannot be added to a limit in ${limit.count.unit}. Use one unit.`));
    const action = p.actions[by];
    const days = field === undefined ? undefined : action?.fields[field];
    if (field !== undefined && action && (days?.kind !== 'days' || days.optional))
      out.push(error(['duties', d, 'extension', 'field'], `操作“${by}”没有必填的 days 字段“${field}”。请加上：${field}: days。`,
        `The action "${by}" has no required field "${field}" of kind days. Add it: "${field}: days".`));
    return out;
  });

const pauses: Rule = (p, map) =>
  dutiesOf(p).flatMap(([d, duty]) => duty.pauses.flatMap(({ on, until, atMost }, i) => {
    if (!p.actions[on] || !p.actions[until] || beyond(p, map, on)) return [];
    const path = ['duties', d, 'pauses', i];
    if (!duty.limit.count)
      return [error(path, `“${d}”的期限是指定日期，停计不会改变它。请删去 pauses，需要时另行指定日期。`,
        `The last day of "${d}" is set by a date, which a pause does not move. Take out "pauses"; have a new date set where needed.`)];
    const after = p.actions[on].to === undefined ? takenIn(p, on) : [p.actions[on].to];
    const reached = new Set(after.filter((s) => map.stages.has(s)).flatMap((s) => [...stagesFrom(p, s)]));
    if (!takenIn(p, until).some((s) => reached.has(s)))
      return [error([...path, 'until'], `“${on}”之后办理不到“${until}”，“${d}”一经停计便不再恢复。`,
        `After "${on}", "${until}" can never be taken, so the clock of "${d}" would stand for ever.`)];
    const watched = dutiesOf(p).some(([other, { starts: s }]) => other !== d && s.some((t) => t.on === on));
    if (atMost || watched) return [];
    return [warning(path, `“${d}”停计没有最长时间，也没有别的期限随之起算，可能永远停着。请写 atMost，或让另一期限自“${on}”起算。`,
      `The clock of "${d}" may stand for ever: the pause has no "atMost", and no other duty starts with "${on}". Add either.`)];
  }));

const reminders: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { limit, reminders: list }]) => list.flatMap((r, i) =>
    limit.count && limit.count.unit === r.unit && r.amount >= limit.count.amount
      ? [warning(['duties', d, 'reminders', i], `期限只有 ${duration(limit.count).zh}，提前 ${duration(r).zh} 的提醒不会发出。`,
          `The limit is only ${duration(limit.count).en}, so a reminder ${duration(r).en} before is never sent.`)]
      : []));

// ---- ladders

const ladders: Rule = (p) =>
  Object.entries(p.ladders).flatMap(([name, rungs]) => {
    if (rungs.length === 0)
      return [error(['ladders', name], `“${name}”是空的，逾期后无人可报。请至少写一级。`, `The ladder "${name}" is empty: nobody would be told. Write at least one rung.`)];
    return rungs.flatMap(({ after, repeat }, i) => {
      const [top, out]: [boolean, Problem[]] = [i === rungs.length - 1, []];
      const path = ['ladders', name, i];
      if (top && !repeat)
        out.push(error(path, `“${name}”的最后一级没有 repeat，报到顶就无声了。请写明多久重复一次。`,
          `The last rung of "${name}" has no "repeat", so the ladder goes silent at the top. Say how often it is told again.`));
      if (repeat?.amount === 0)
        out.push(error([...path, 'repeat'], '重复间隔不能为零。', 'It cannot be told again after no time at all.'));
      if (!top && repeat)
        out.push(error([...path, 'repeat'], `“${name}”只有最后一级才重复。请把 repeat 移到最后一级。`,
          `Only the last rung of "${name}" repeats. Move "repeat" there.`));
      if (i > 0 && !after)
        out.push(error(path, `“${name}”的这一级没有 after，不知道前一级之后多久报告。请写明。`,
          `This rung of "${name}" has no "after", so it is not known how long after the one before it is told. Say so.`));
      return out;
    });
  });

const expiries: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { owes, ladder, expiry }]) => {
    const path = ['duties', d];
    const right = p.roles[owes]?.outside ?? false;
    if (right && ladder !== undefined)
      return [error([...path, 'ladder'], `“${d}”是单位以外的人的权利，不能向领导报告其逾期。请删去 ladder。`,
        `"${d}" is a right of somebody outside, who is not reported to leaders. Take out "ladder".`)];
    if (right && expiry === 'escalates')
      return [error(path, `“${d}”是单位以外的人的权利，届满后应失效。请写 expiry: lapses。`,
        `"${d}" is a right of somebody outside, which ends by itself. Write "expiry: lapses".`)];
    if (expiry === 'escalates' && ladder === undefined)
      return [error(path, `“${d}”逾期后无人可报。请写 ladder，或写明 expiry。`,
        `When "${d}" is overdue nobody is told. Name a "ladder", or say in "expiry" what it means.`)];
    return expiry !== 'escalates' && ladder !== undefined
      ? [warning([...path, 'ladder'], `“${d}”届满即 ${expiry}，不会逐级报告。请删去 ladder。`, `"${d}" ${expiry} when its time is over, so its ladder is never used. Take it out.`)]
      : [];
  });

const failedNotices: Rule = (p) =>
  triggers(p).some(({ on }) => on === 'notice-failed') ? []
    : [warning(['duties'], '通知送不到时没有人负责补救。请增加一个由 notice-failed 起算的期限。',
        'When a notice cannot be delivered, nobody has to mend it. Add a duty that starts on "notice-failed".')];

// ---- conditions and citations

function conditions(p: Procedure): { path: Path; when: Condition }[] {
  return dutiesOf(p).flatMap(([d, { starts: s, met, excused }]) => [
    ...s.flatMap(({ when }, i) => (when ? [{ path: ['duties', d, 'starts', i, 'when'], when }] : [])),
    ...met.flatMap(({ when }, i) => (when ? [{ path: ['duties', d, 'met', i, 'when'], when }] : [])),
    ...excused.map(({ when }, i) => ({ path: ['duties', d, 'excused', i, 'when'], when })),
  ]);
}

const facts: Rule = (p) => {
  const all = [p.intake, ...Object.values(p.actions).map((a) => a.fields)];
  const names = [...new Set(all.flatMap((f) => Object.keys(f)))];
  return conditions(p).flatMap(({ path, when }) => [
    ...unknown('field', names, Object.keys(when).map((f) => [[...path, f], f] as const)),
    ...Object.entries(when).flatMap(([f, wanted]) => {
      const kinds = all.flatMap((fields) => fields[f] ?? []);
      const choices = kinds.flatMap((k) => k.choices ?? []);
      if (choices.length === 0 || kinds.some((k) => k.kind !== 'choice')) return [];
      const odd = [wanted].flat().filter((w) => !choices.includes(String(w)));
      return odd.map((w) => error([...path, f], `字段“${f}”没有选项“${w}”；可选：${choices.join(', ')}。`,
        `The field "${f}" has no choice "${w}"; it has ${choices.join(', ')}.`));
    }),
  ]);
};

const citations: Rule = (p) => {
  const all = dutiesOf(p).flatMap(([d, duty]): (readonly [Path, Citation])[] => [
    [['duties', d, 'cite'], duty.cite],
    ...duty.excused.map(({ cite }, i) => [['duties', d, 'excused', i, 'cite'], cite] as const),
    ...(duty.extension ? [[['duties', d, 'extension', 'cite'], duty.extension.cite] as const] : []),
    ...duty.pauses.map(({ cite }, i) => [['duties', d, 'pauses', i, 'cite'], cite] as const),
    ...duty.restarts.map(({ cite }, i) => [['duties', d, 'restarts', i, 'cite'], cite] as const),
  ]);
  return [
    ...unknown('source', Object.keys(p.sources), all.map(([path, { source }]) => [[...path, 'source'], source] as const)),
    ...all.filter(([, { article }]) => article.zh.trim() === '' || article.en.trim() === '').map(([path]) =>
      error([...path, 'article'], '没有写明条款。请写明依据的条款。', 'No article is named. Say where the rule is written.')),
  ];
};

const RULES: readonly Rule[] = [
  roles, stageNames, actionNames, dutyNames, ladderNames, calendarName, restless, reserved, channels, stages, actions, starts, meets, papers,
  dated, extensions, pauses, reminders, ladders, expiries, facts, citations, failedNotices,
];
