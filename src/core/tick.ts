import { goOn } from './answers.ts';
import { append } from './apply.ts';
import { after, dueOf, waitOver } from './clocks.ts';
import { follow } from './consequences.ts';
import type { Due } from './due.ts';
import type { Event, Fact, Why } from './events.ts';
import { type Instant, instantOf, MINUTE, msOf } from './instant.ts';
import { strandOf } from './instances.ts';
import { lastsDays, ruleOf, rungsOf } from './rules.ts';
import { type CaseState, type DutyState, isFinal, isOpen, owerOf } from './state.ts';

/** Wake-ups of many cases at one legal instant are spread over this many milliseconds at most. */
export const SPREAD = 10 * MINUTE;

/** Beyond this many milliseconds a late firing says why. */
const PROMPT = MINUTE;

interface Ring {
  readonly at: Instant;
  readonly duty: DutyState;
  readonly what: 'pause-over' | 'reminder' | 'due' | 'rung';
}

// A pure memo: a due date is never changed in place, and every look at a case's clocks asks for this instant.
const overAt = new WeakMap<Due, Instant>();

function justAfter(due: Due): Instant {
  let at = overAt.get(due);
  if (at === undefined) {
    at = after(due.dueAt);
    overAt.set(due, at);
  }
  return at;
}

/** When a duty next has something to say, and what. */
function ringOf(duty: DutyState): Ring | undefined {
  if (duty.status === 'paused') {
    const most = duty.pauses.at(-1)?.most;
    return most === undefined ? undefined : { at: after(most), duty, what: 'pause-over' };
  }
  if (duty.status !== 'open') return undefined;
  let first: Ring | undefined = duty.overdue ? undefined : { at: justAfter(duty.due), duty, what: 'due' };
  if (duty.nextRung !== undefined && (!first || duty.nextRung < first.at)) first = { at: duty.nextRung, duty, what: 'rung' };
  for (const r of duty.reminders) if (!r.sent && (!first || r.at < first.at)) first = { at: r.at, duty, what: 'reminder' };
  return first;
}

function nextRing(state: CaseState): Ring | undefined {
  if (state.closedAt !== undefined) return undefined;
  let first: Ring | undefined;
  for (const instance in state.duties) {
    const duty = state.duties[instance];
    const ring = duty && ringOf(duty);
    if (ring && (!first || ring.at < first.at)) first = ring;
  }
  return first;
}

/** The instant at which time next brings something: a ring of a clock, or the close. None while every clock stands. */
export const nextInstant = (state: CaseState): Instant | undefined => nextRing(state)?.at ?? closesAt(state);

/**
 * When to wake for what time brings next, if what can wait is put off by `lag`
 * milliseconds. A thousand duties end with the same legal day; those counted in
 * minutes or hours do not wait.
 */
export function wakeAt(state: CaseState, lag: number): Instant | undefined {
  let first = closesAt(state);
  if (state.closedAt !== undefined) return undefined;
  for (const duty of Object.values(state.duties)) {
    const ring = ringOf(duty);
    if (!ring) continue;
    const at = waits(state, duty) ? instantOf(msOf(ring.at) + lag) : ring.at;
    if (first === undefined || at < first) first = at;
  }
  return first;
}

/** Whether what it says may come some minutes after its instant. */
const waits = (state: CaseState, duty: DutyState): boolean =>
  lastsDays(ruleOf(state.procedure, duty.duty));

/** More than any case brings at once; beyond it a procedure starts itself over and over. */
const TOO_MANY = 20_000;

/**
 * Everything that time alone has brought by `now`, in order: reminders, overdue
 * duties, rungs of the ladder, rights that lapsed, pauses that reached their
 * most, and at last the close. Appends the events to `onto`.
 */
export function tick(state: CaseState, now: Instant, onto: Event[]): CaseState {
  let at = state;
  for (let ring = nextRing(at); ring && ring.at <= now; ring = nextRing(at)) {
    if (at.seq - state.seq > TOO_MANY) throw new Error(`procedure ${state.procedure.id} never comes to rest: see ${ring.duty.instance}`);
    const fact = ringing(at, ring, now);
    at = append(at, fact, now, onto);
    const detail = 'dueAt' in fact ? { strand: strandOf(ring.duty.instance), about: ring.duty.instance, ranOut: fact.dueAt } : {};
    if (fact.type === 'fell-overdue') at = follow(at, `${ring.duty.duty}.overdue`, at.seq, fact.at, now, onto, detail);
    if (fact.type === 'lapsed' && !ring.duty.revived) at = follow(fact.as === 'passes-on' ? goOn(at, ring.duty, fact.why === undefined ? fact.at : now, now, onto) : at, `${ring.duty.duty}.lapsed`, at.seq, fact.at, now, onto, detail);
  }
  const close = closesAt(at);
  return close !== undefined && close <= now ? append(at, { type: 'closed', at: now }, now, onto) : at;
}

function ringing(state: CaseState, { at, duty, what }: Ring, now: Instant): Fact {
  const { instance, due } = duty;
  const rule = ruleOf(state.procedure, duty.duty);
  const why = whyLate(state, duty, at, now);
  const late = why === undefined ? {} : { why };
  // What people were told happened when they were told; what the law says happened when the law says.
  const told = why === undefined ? at : now;
  switch (what) {
    case 'reminder': {
      const n = duty.reminders.find((r) => !r.sent && r.at === at)?.n ?? 0;
      const { dueAt, dueDate, actBy } = due;
      return { type: 'reminded', at: told, instance, n, role: owerOf(state, duty), dueAt, dueDate, actBy, ...late };
    }
    case 'due':
      return rule.expiry === 'escalates'
        ? { type: 'fell-overdue', at, instance, dueAt: due.dueAt, ...late }
        : { type: 'lapsed', at, instance, dueAt: due.dueAt, as: rule.expiry, ...late };
    case 'rung': {
      const ladder = rungsOf(state.procedure, rule);
      const rung = Math.min(duty.rung + 1, ladder.length);
      const times = duty.rung + 1 > ladder.length ? duty.times + 1 : 1;
      const scheduled = why === undefined ? {} : { scheduled: at };
      return { type: 'escalated', at: told, instance, rung, times, role: ladder[rung - 1]?.tell ?? owerOf(state, duty), dueAt: due.dueAt, ...scheduled, ...late };
    }
    case 'pause-over': {
      const most = duty.pauses.at(-1)?.most ?? at;
      const pauses = duty.pauses.map((p) => (p.to === undefined ? { ...p, to: most } : p));
      return { type: 'resumed', at: most, instance, after: dueOf(state, { ...duty, pauses }) };
    }
  }
}

function whyLate(state: CaseState, duty: DutyState, scheduled: Instant, now: Instant): Why | undefined {
  const late = msOf(now) - msOf(scheduled);
  if (late <= PROMPT) return undefined;
  if (scheduled < duty.known) return 'learnt-late';
  return late <= SPREAD && waits(state, duty) ? 'spread' : 'system-away';
}

/**
 * When a case closes: its stage is final, nobody owes anything any more, and the
 * time for what is learnt late has gone by. Undefined while that is not so.
 */
export function closesAt(state: CaseState): Instant | undefined {
  if (state.closedAt !== undefined || !isFinal(state)) return undefined;
  for (const instance in state.duties) {
    const duty = state.duties[instance];
    if (duty && isOpen(duty)) return undefined;
  }
  // What is still asked for may yet fail, and then be somebody's to do.
  if (Object.values(state.links).some((l) => l.link !== undefined && l.receipt === undefined && !l.failed)) return undefined;
  const { lingers } = state.procedure;
  return lingers ? waitOver(state.calendar, lingers, state.quietSince) : state.quietSince;
}
