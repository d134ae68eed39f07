import { actionsOf, dutiesOf, error, type Rule, triggers } from './check-problem.ts';
import { each, maybe, unknown } from './check-unknown.ts';
import { inDays } from './duration.ts';

export const roles: Rule = (p) =>
  unknown('role', Object.keys(p.roles), [
    ...each(['corrects'], p.corrects),
    ...maybe(['lastResort'], p.lastResort),
    ...actionsOf(p).flatMap(([a, { by, tell }]) => [...each(['actions', a, 'by'], by), ...each(['actions', a, 'tell'], tell)]),
    ...actionsOf(p).flatMap(([a, { appoints: given, relieves }]) => [
      ...Object.keys(given).map((r) => [['actions', a, 'appoints', r], r] as const), ...each(['actions', a, 'relieves'], relieves),
    ]),
    ...Object.keys(p.appoints).map((r) => [['appoints', r], r] as const),
    ...Object.entries(p.ladders).flatMap(([l, rungs]) => rungs.flatMap(({ tell, appoints: r }, i) => [[['ladders', l, i, 'tell'], tell] as const, ...maybe(['ladders', l, i, 'appoints'], r)])),
    ...Object.entries(p.papers).flatMap(([k, { to, copies }]) => [...maybe(['papers', k, 'to'], to), ...each(['papers', k, 'copies'], copies)]),
    ...triggers(p).flatMap(({ path, on }) => (on.endsWith('.appointed') ? maybe(path, on.split('.')[0]) : [])),
    ...dutiesOf(p).flatMap(([d, { owes, extension }]) => [
      [['duties', d, 'owes'], owes] as const,
      ...each(['duties', d, 'extension', 'tell'], extension?.tell ?? []),
    ]),
  ]);

export const stageNames: Rule = (p) =>
  unknown('stage', Object.keys(p.stages), [
    [['opens'], p.opens],
    ...actionsOf(p).flatMap(([a, { from, to }]) => [...each(['actions', a, 'from'], from ?? []), ...maybe(['actions', a, 'to'], to)]),
  ]);

export const actionNames: Rule = (p) =>
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

export const dutyNames: Rule = (p) =>
  unknown('duty', Object.keys(p.duties), [
    ...actionsOf(p).flatMap(([a, { settled, during }]) => [...each(['actions', a, 'settled'], settled), ...each(['actions', a, 'during'], during)]),
    ...triggers(p).flatMap(({ path, on }) => (on.includes('.') && !on.endsWith('.appointed') ? maybe(path, on.split('.')[0]) : [])),
    ...Object.entries(p.papers).flatMap(([k, { on: list }]) => list.flatMap(({ on }, i) => (/\.(met|lapsed|overdue|extended)$/.test(on) ? maybe(['papers', k, 'on', i, 'on'], on.split('.')[0]) : []))),
    ...Object.entries(p.ladders).flatMap(([l, rungs]) => rungs.flatMap(({ acknowledge }, i) => maybe(['ladders', l, i, 'acknowledge'], acknowledge))),
    ...dutiesOf(p).flatMap(([d, { acknowledge }]) => maybe(['duties', d, 'acknowledge'], acknowledge)),
    ...each(['statistics', 'accepted'], p.statistics?.accepted ?? []),
    ...each(['statistics', 'finished'], p.statistics?.finished ?? []),
  ]);

export const ladderNames: Rule = (p) =>
  unknown('ladder', Object.keys(p.ladders), dutiesOf(p).flatMap(([d, { ladder }]) => maybe(['duties', d, 'ladder'], ladder)));

export const calendarName: Rule = (p, _, { calendars }) => (calendars ? unknown('calendar', calendars, [[['calendar'], p.calendar]]) : []);

/** A duty that begins again when it ends may do so every month, not every minute. */
export const restless: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { starts: s, limit }]) =>
    s.some(({ on }) => on.startsWith(`${d}.`)) && limit.count && (!inDays(limit.count.unit) || limit.count.amount === 0)
      ? [error(['duties', d, 'starts'], '该义务结束后立即重新开始，且期限不足一日，将无休止地循环。请改用以日计的期限。', 'This duty starts itself again and lasts less than a day, so it would never come to rest. Give it a limit in days.')]
      : []);

export const reserved: Rule = (p) =>
  Object.keys(p.actions)
    .filter((a) => ['opened', 'notice-failed', 'filing-failed', 'correct'].includes(a))
    .map((a) => error(['actions', a], `“${a}”是系统保留的名称，请给该操作换一个名称。`, `"${a}" is a name the system uses itself; give the action another one.`));
