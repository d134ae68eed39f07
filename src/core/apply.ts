import type { Calendar } from './calendar.ts';
import { mostOf, rearmed, reminderKey, remindersFor, rungAt } from './clocks.ts';
import type { Due } from './due.ts';
import type { Event, EventOf, Fact } from './events.ts';
import { type Instant, instantOf, msOf } from './instant.ts';
import type { Procedure } from './procedure.ts';
import { own } from './own.ts';
import { isRight, ruleOf, rungsOf } from './rules.ts';
import { type CaseState, dutyOf, type DutyState, isDoneBefore, type LinkState } from './state.ts';

/** What says only what became of a notice or a paper. */
const QUIET: ReadonlySet<string> = new Set(['noticed', 'passed-over', 'filed', 'filing-failed', 'untold']);

/** The state of a case by its first event. */
export function begin(procedure: Procedure, calendar: Calendar, event: EventOf<'opened'>): CaseState {
  const { link } = event;
  return {
    procedure,
    calendar,
    receipt: event.receipt,
    channel: event.channel,
    unit: event.unit,
    stage: event.stage,
    stageSince: event.at,
    stageBy: event.seq,
    quietSince: event.recordedAt,
    receivedAt: event.at,
    openedAt: event.recordedAt,
    seq: event.seq,
    facts: event.fields,
    duties: {},
    times: { [event.seq]: event.at },
    takers: {},
    appointed: {},
    excluded: {},
    done: {},
    links: link ? { [incoming(link.receipt, link.key)]: { key: incoming(link.receipt, link.key), receipt: link.receipt, relation: link.relation, asked: event.seq, listens: link.listens } } : {},
    keys: {},
  };
}

/** What a link is called in the case that did not ask for it. */
export const incoming = (receipt: string, key: string): string => `${receipt}/${key}`;

/** Folds a whole timeline. */
export function fold(procedure: Procedure, calendar: Calendar, events: readonly Event[]): CaseState {
  const [first, ...rest] = events;
  if (first?.type !== 'opened') throw new Error('a timeline begins with "opened"');
  return rest.reduce(apply, begin(procedure, calendar, first));
}

/** Gives a fact its place on the timeline and carries it into the state. */
export function append(state: CaseState, fact: Fact, now: Instant, onto: Event[]): CaseState {
  const event: Event = { ...fact, seq: state.seq + 1, recordedAt: now };
  onto.push(event);
  return apply(state, event);
}

/** The state after an event. The only way in which a state changes; it decides nothing. */
export function apply(state: CaseState, event: Event): CaseState {
  const next = { ...state, seq: event.seq, quietSince: QUIET.has(event.type) ? state.quietSince : event.recordedAt };
  switch (event.type) {
    case 'opened':
      throw new Error('a case is opened once');
    case 'acted':
      return acted(next, event);
    case 'corrected':
      return corrected(next, event);
    case 'closed':
      return { ...next, closedAt: event.at };
    case 'duty-started':
      return started(next, event);
    case 'appointed':
      return { ...next, appointed: { ...next.appointed, [event.role]: event.person } };
    case 'relieved': {
      const { [event.role]: _, ...appointed } = next.appointed;
      return { ...next, appointed };
    }
    case 'excluded':
      return { ...next, excluded: { ...next.excluded, [event.person]: event.why } };
    case 'unanswered':
      return event.person === undefined ? next : change(next, event.instance, (duty) => ({ ...duty, silent: [...(duty.silent ?? []), event.person ?? ''] }));
    case 'link-asked':
      return linking(next, { key: event.key, link: event.link, relation: next.procedure.links[event.link]?.relation ?? event.link, asked: event.seq, listens: {} });
    case 'linked': {
      const { key, receipt, relation, listens = {} } = event;
      return linking(next, { asked: event.seq, ...own(next.links, key), key, receipt, relation, listens });
    }
    case 'link-failed': {
      const asked = own(next.links, event.key);
      return asked ? linking(next, { ...asked, failed: true }) : next;
    }
    case 'untold':
    case 'passed-over':
    case 'excused':
    case 'refused':
    case 'not-paused':
    case 'noticed':
    case 'notice-failed':
    case 'filed':
    case 'filing-failed':
      return next;
    default:
      return change(next, event.instance, (duty) => onDuty(next, duty, event));
  }
}

const linking = (state: CaseState, link: LinkState): CaseState => ({ ...state, links: { ...state.links, [link.key]: link } });

function change(state: CaseState, instance: string, f: (duty: DutyState) => DutyState): CaseState {
  return { ...state, duties: { ...state.duties, [instance]: f(dutyOf(state, instance)) } };
}

function acted(state: CaseState, e: EventOf<'acted'>): CaseState {
  const { person } = e.by;
  return {
    ...state,
    ...(e.stage === undefined ? {} : { stage: e.stage, stageSince: e.at, stageBy: e.seq }),
    facts: factsWith(state, e),
    done: { ...state.done, [e.action]: (own(state.done, e.action) ?? 0) + 1 },
    times: { ...state.times, [e.seq]: e.at },
    takers: person ? { ...state.takers, [e.action]: [...(own(state.takers, e.action) ?? []), person] } : state.takers,
    keys: e.key === undefined ? state.keys : { ...state.keys, [e.key]: e.seq },
  };
}

function factsWith(state: CaseState, { action, fields }: EventOf<'acted'>): CaseState['facts'] {
  const counter = own(state.procedure.actions, action)?.counts;
  if (counter === undefined) return Object.keys(fields).length > 0 ? { ...state.facts, ...fields } : state.facts;
  const before = own(state.facts, counter);
  return { ...state.facts, ...fields, [counter]: (typeof before === 'number' ? before : 0) + 1 };
}

function started(state: CaseState, e: EventOf<'duty-started'>): CaseState {
  const { dueDate, actBy, dueAt, provisional } = e;
  const due = { dueDate, actBy, dueAt, provisional };
  const duty: DutyState = {
    instance: e.instance,
    duty: e.duty,
    status: 'open',
    overdue: false,
    origin: e.at,
    cause: e.cause,
    startedAt: e.recordedAt,
    ...(e.fixed === undefined ? {} : { fixed: e.fixed }),
    ...(e.multiple === undefined ? {} : { multiple: e.multiple }),
    ...(e.owes === undefined ? {} : { owes: e.owes }),
    ...(e.person === undefined ? {} : { person: e.person }),
    ...(e.about === undefined ? {} : { about: e.about }),
    ...(e.as === undefined ? {} : { as: e.as }),
    ...(e.toldOn === undefined ? {} : { toldOn: e.toldOn }),
    ...(e.notTo === undefined ? {} : { notTo: e.notTo }),
    due,
    known: e.recordedAt,
    reminders: remindersFor(state, e.duty, due, e.recordedAt > e.at ? e.recordedAt : e.at),
    rung: 0,
    times: 0,
    escalations: 0,
    extensions: [],
    pauses: [],
    reminded: [],
  };
  return { ...state, duties: { ...state.duties, [e.instance]: duty } };
}

type DutyEvent = Exclude<Event, { type: 'opened' | 'acted' | 'corrected' | 'closed' | 'duty-started' | 'appointed' | 'relieved' | 'excluded' | 'link-asked' | 'linked' | 'link-failed' | 'untold' | 'unanswered' | 'passed-over' | 'excused' | 'refused' | 'not-paused' | 'noticed' | 'notice-failed' | 'filed' | 'filing-failed' }>;

function onDuty(state: CaseState, duty: DutyState, e: DutyEvent): DutyState {
  switch (e.type) {
    case 'reminded':
      return { ...duty, reminded: [...duty.reminded, reminderKey(e.n, e.dueAt)], reminders: duty.reminders.map((r) => (r.n === e.n ? { ...r, sent: true } : r)) };
    case 'fell-overdue':
      return withRung({ ...duty, overdue: true }, rungAt(state, duty, 1, e.dueAt));
    case 'escalated': {
      const last = e.times > 1 ? duty.rung : e.rung;
      const { silent: _, ...heard } = duty;
      const told = { ...heard, rung: last, times: e.times, escalations: duty.escalations + (e.why === 'passed-on' ? 0 : 1) };
      const top = last >= rungsOf(state.procedure, ruleOf(state.procedure, duty.duty)).length;
      // The wait is counted from the last instant before the telling, so that a rung told at midnight has the whole day.
      const at = e.why === 'spread' && e.scheduled !== undefined ? e.scheduled : e.at;
      return withRung(told, rungAt(state, told, top ? last + 1 : e.rung + 1, instantOf(msOf(at) - 1)));
    }
    case 'paused': {
      const pause = { rule: e.pause, from: e.at, cause: e.cause, ...(e.until === undefined ? {} : { most: e.until }) };
      return withRung({ ...duty, status: 'paused', overdue: false, rung: 0, times: 0, pauses: [...duty.pauses, pause] }, undefined);
    }
    case 'resumed': {
      const end = e.cause === undefined ? { to: e.at } : { to: e.at, until: e.cause };
      // The end that somebody recorded after a pause had run to its most is the true one.
      const pauses = duty.pauses.map((p, i) => (p.to === undefined || i === duty.pauses.length - 1 ? { ...p, ...end } : p));
      return moved(state, { ...duty, pauses, status: 'open' }, e.after, e.recordedAt);
    }
    case 'extended':
      return moved(state, { ...duty, extensions: [...duty.extensions, { by: e.by, cause: e.cause, at: e.at }] }, e.after, e.recordedAt);
    case 'restarted':
      return moved(state, { ...duty, origin: e.at, cause: e.cause, ...(e.fixed === undefined ? {} : { fixed: e.fixed }), pauses: [], extensions: [], status: 'open' }, e.after, e.recordedAt);
    case 'met': {
      const { lapsedAt: _, ...rest } = duty;
      return withRung({ ...rest, status: 'met', met: { at: e.at, cause: e.cause, action: e.action, late: e.late } }, undefined);
    }
    case 'released':
      return withRung({ ...duty, status: 'released', releasedLate: e.late }, undefined);
    case 'lapsed':
      return { ...duty, status: 'lapsed', lapsedAt: e.at };
    case 'due-moved': {
      const judged = duty.met && e.late !== undefined ? { ...duty, met: { ...duty.met, late: e.late } } : duty;
      return moved(state, judged, e.after, e.recordedAt);
    }
  }
}

function withRung(duty: DutyState, at: Instant | undefined): DutyState {
  const { nextRung: _, ...rest } = duty;
  return at === undefined ? rest : { ...rest, nextRung: at };
}

/** A duty whose due date is another now. Time that is there again takes an overdue duty off the ladder. */
function moved(state: CaseState, duty: DutyState, due: Due, now: Instant): DutyState {
  const next = { ...unstopped(duty, due), due, known: now, reminders: rearmed(state, duty, due, now) };
  if (due.dueAt < now) return next;
  const { lapsedAt: _, ...back } = next;
  if (next.status === 'lapsed') return withRung({ ...back, status: 'open', overdue: false, revived: true }, undefined);
  return next.status === 'open' ? withRung({ ...next, overdue: false, rung: 0, times: 0 }, undefined) : next;
}

/** A clock that a correction shows to have run out before it was stopped was never stopped. */
function unstopped(duty: DutyState, due: Due): DutyState {
  const open = duty.pauses.at(-1);
  if (duty.status !== 'paused' || !open || open.to !== undefined || open.from <= due.dueAt) return duty;
  return { ...duty, status: 'open', pauses: duty.pauses.map((p) => (p === open ? { ...p, to: p.from } : p)) };
}

/** Puts another time to an event, wherever a duty rests on it. */
function corrected(state: CaseState, e: EventOf<'corrected'>): CaseState {
  const duties: Record<string, DutyState> = {};
  for (const [instance, duty] of Object.entries(state.duties)) duties[instance] = retimed(state, duty, e.of, e.to);
  return {
    ...state,
    duties,
    times: { ...state.times, [e.of]: e.to },
    receivedAt: e.of === 1 ? e.to : state.receivedAt,
    stageSince: e.of === state.stageBy ? e.to : state.stageSince,
    keys: e.key === undefined ? state.keys : { ...state.keys, [e.key]: e.seq },
  };
}

function retimed(state: CaseState, duty: DutyState, of: number, to: Instant): DutyState {
  const pauses = duty.pauses.map((p) => {
    const most = p.cause === of && p.most !== undefined ? mostOf(state, duty, p.rule, to) : undefined;
    return { ...p, ...(p.cause === of ? { from: to } : {}), ...(p.until === of ? { to } : {}), ...(most === undefined ? {} : { most }) };
  });
  const right = isRight(state.procedure, ruleOf(state.procedure, duty.duty));
  const origin = duty.cause === of ? to : duty.origin;
  return {
    ...duty,
    pauses,
    extensions: duty.extensions.map((x) => (x.cause === of ? { ...x, at: to } : x)),
    origin,
    ...(right && duty.cause === of ? { promised: duty.due } : {}),
    ...(duty.met ? { met: { ...duty.met, at: metAt(state, { ...duty, origin }, duty.met, of, to) } } : {}),
  };
}

/** When a duty was met, if event `of` happened at `to`: never before it was asked for, where it was done before that. */
function metAt(state: CaseState, duty: DutyState, met: NonNullable<DutyState['met']>, of: number, to: Instant): Instant {
  const done = met.cause === of ? to : (state.times[met.cause] ?? met.at);
  if (isDoneBefore(state, duty)) return done < duty.origin ? duty.origin : done;
  return met.cause === of ? to : met.at;
}
