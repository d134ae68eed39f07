import { actionsOf, dutiesOf, error, type Path, type Problem, type Rule } from './check-problem.ts';
import { appoints, isAnswer } from './check-reach.ts';
import type { Procedure } from './procedure.ts';

/** What an answer must be: one for each who is told, and in its expiry what passes it on. */
export const answers: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { each: many, expiry, limit }]) => {
    const path = ['duties', d];
    if (isAnswer(p, d)) {
      if (!many) return [error([...path, 'each'], `“${d}”是对每一个被通知的人的要求。请写 each: true。`, `"${d}" is owed by each who is told. Write "each: true".`)];
      if (expiry !== 'passes-on') return [error([...path, 'expiry'], `“${d}”届满后须转报下一人。请写 expiry: passes-on。`, `When nobody answers "${d}", it must go on to the next. Write "expiry: passes-on".`)];
      return limit.count && limit.times === undefined ? [] : [error([...path, 'limit'], `“${d}”须有时限，如 4 working hours。`, `"${d}" needs a limit, such as "4 working hours".`)];
    }
    return expiry === 'passes-on' ? [error([...path, 'expiry'], `没有任何通知要求“${d}”。请在某一级或某项义务中写 acknowledge: ${d}。`, `No notice asks for "${d}". Write "acknowledge: ${d}" on a rung or a duty.`)] : [];
  });

const wrong = (path: Path, name: string, fields: Procedure['intake']): Problem[] =>
  fields[name]?.kind === 'people' || fields[name]?.kind === 'person' ? [] : [error(path, `没有 people 类型的字段“${name}”。请加上：${name}: people。`, `There is no field "${name}" of kind people. Add it: "${name}: people".`)];

/** Fields that appoint or exclude must be there, and name people. */
export const people: Rule = (p) => [
  ...actionsOf(p).flatMap(([a, { appoints: given, excludes, fields }]) => [
      ...Object.entries(given).flatMap(([role, from]) => (from === 'by' ? [] : wrong(['actions', a, 'appoints', role], from, fields))),
      ...(excludes ? wrong(['actions', a, 'excludes', 'field'], excludes.field, fields) : []),
    ]),
  ...Object.entries(p.appoints).flatMap(([role, from]) => wrong(['appoints', role], from, p.intake)),
  ...dutiesOf(p).flatMap(([d, { starts }]) => starts.flatMap(({ on, notTo }, i) =>
    (notTo === undefined ? [] : wrong(['duties', d, 'starts', i, 'notTo'], notTo, (on === 'opened' ? p.intake : p.actions[on]?.fields) ?? {})))),
  ...(p.excludes ? wrong(['excludes', 'field'], p.excludes.field, p.intake) : []),
];

/** A paper waits for something that happens, and needs what is then told. */
export const papersOn: Rule = (p, map) =>
  Object.entries(p.papers).flatMap(([k, { on: list, needs }]) => list.flatMap(({ on }, i) => {
    const fields = on === 'opened' ? p.intake : p.actions[on]?.fields;
    const lacks = fields ? needs.filter((f) => !fields[f]) : [];
    if (lacks.length > 0) return [error(['papers', k, 'needs'], `“${on}”没有字段 ${lacks.join('、')}，文书“${k}”永远不会制作。`, `"${on}" has no field ${lacks.join(', ')}, so the paper "${k}" is never made.`)];
    const [name = '', what] = on.split('.');
    if (what === undefined ? on === 'opened' || p.actions[on] : what === 'appointed' ? appoints(p, name, map.actions) : p.duties[name]) return [];
    return [error(['papers', k, 'on', i, 'on'], `“${on}”不会发生，文书“${k}”永远不会制作。`, `"${on}" never happens, so the paper "${k}" is never made.`)];
  }));
