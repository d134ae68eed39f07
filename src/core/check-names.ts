import { actionsOf, dutiesOf, error, type Rule, triggers } from './check-problem.ts';
import { each, maybe, unknown } from './check-unknown.ts';
import { inDays } from './duration.ts';
import { CHANNEL } from './holds.ts';

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
    ...(p.identity ? each(['identity'], p.identity) : []),
    ...dutiesOf(p).flatMap(([d, { owes, extension, starts }]) => [
      [['duties', d, 'owes'], owes] as const,
      ...starts.flatMap(({ owes: other }, i) => maybe(['duties', d, 'starts', i, 'owes'], other)),
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
    ...Object.entries(p.links).flatMap(([l, { on: list }]) => list.flatMap(({ on }, i) => (on.includes('.') || on === 'opened' ? [] : maybe(['links', l, 'on', i, 'on'], on)))),
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

const OF_A_DUTY = /\.(met|lapsed|overdue|extended)$/;

export const dutyNames: Rule = (p) =>
  unknown('duty', Object.keys(p.duties), [
    ...actionsOf(p).flatMap(([a, { settled, during, lapsed, about }]) => [...each(['actions', a, 'about'], about), ...each(['actions', a, 'settled'], settled), ...each(['actions', a, 'during'], during), ...each(['actions', a, 'lapsed'], lapsed)]),
    ...Object.entries(p.links).flatMap(([l, { on: list }]) => list.flatMap(({ on }, i) => (OF_A_DUTY.test(on) ? maybe(['links', l, 'on', i, 'on'], on.split('.')[0]) : []))),
    ...triggers(p).flatMap(({ path, on }) => (OF_A_DUTY.test(on) ? maybe(path, on.split('.')[0]) : [])),
    ...Object.entries(p.papers).flatMap(([k, { on: list }]) => list.flatMap(({ on }, i) => (OF_A_DUTY.test(on) ? maybe(['papers', k, 'on', i, 'on'], on.split('.')[0]) : []))),
    ...Object.entries(p.ladders).flatMap(([l, rungs]) => rungs.flatMap(({ acknowledge }, i) => maybe(['ladders', l, i, 'acknowledge'], acknowledge))),
    ...dutiesOf(p).flatMap(([d, { acknowledge }]) => maybe(['duties', d, 'acknowledge'], acknowledge)),
    ...each(['statistics', 'accepted'], p.statistics?.accepted ?? []),
    ...each(['statistics', 'finished'], p.statistics?.finished ?? []),
  ]);

export const groupNames: Rule = (p) => unknown('group', Object.keys(p.groups), actionsOf(p).flatMap(([a, { group }]) => maybe(['actions', a, 'group'], group)));

export const ladderNames: Rule = (p) =>
  unknown('ladder', Object.keys(p.ladders), dutiesOf(p).flatMap(([d, { ladder }]) => maybe(['duties', d, 'ladder'], ladder)));

export const calendarName: Rule = (p, _, { calendars }) => (calendars ? unknown('calendar', calendars, [[['calendar'], p.calendar]]) : []);

/** A duty that begins again when it ends may do so every month, not every minute. */
export const restless: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { starts: s, limit }]) =>
    // One in reserve after the other comes to an end by itself.
    s.some(({ on, for: of }) => on.startsWith(`${d}.`) && !(of && 'next' in of)) && limit.count && (!inDays(limit.count.unit) || limit.count.amount === 0)
      ? [error(['duties', d, 'starts'], '该义务结束后立即重新开始，且期限不足一日，将无休止地循环。请改用以日计的期限。', 'This duty starts itself again and lasts less than a day, so it would never come to rest. Give it a limit in days.')]
      : []);

export const reserved: Rule = (p) => [
  ...[[['intake'], p.intake] as const, ...actionsOf(p).map(([a, { fields }]) => [['actions', a, 'fields'], fields] as const)]
    .filter(([, fields]) => Object.hasOwn(fields, CHANNEL))
    .map(([path]) => error([...path, CHANNEL], '“channel”指事项的来源渠道，请给该字段换一个名称。', '"channel" is how the matter came; give the field another name.')),
  ...Object.keys(p.actions)
    .filter((a) => ['opened', 'notice-failed', 'filing-failed', 'correct', 'closed', 'linked'].includes(a))
    .map((a) => error(['actions', a], `“${a}”是系统保留的名称，请给该操作换一个名称。`, `"${a}" is a name the system uses itself; give the action another one.`)),
];
