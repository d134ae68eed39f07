import { append } from './apply.ts';
import { after, dueOf } from './clocks.ts';
import { follow } from './consequences.ts';
import type { Due } from './due.ts';
import { inDays } from './duration.ts';
import type { Event, Fact, Why } from './events.ts';
import { type Instant, MINUTE, msOf } from './instant.ts';
import { ruleOf } from './rules.ts';
import { type CaseState, type DutyState, isFinal, isOpen } from './state.ts';

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

/** The instant at which `tick` next has something to say; none while every clock stands. */
export const nextInstant = (state: CaseState): Instant | undefined => nextRing(state)?.at;

/**
 * Whether what comes next may be said some minutes after its instant. A thousand
 * duties end with the same legal day; those counted in minutes or hours do not wait.
 */
export function mayWait(state: CaseState): boolean {
  const ring = nextRing(state);
  return ring !== undefined && inDays(ruleOf(state.procedure, ring.duty.duty).limit.count?.unit ?? 'calendar-days');
}

/**
 * Everything that time alone has brought by `now`, in order: reminders, overdue
 * duties, rungs of the ladder, rights that lapsed, pauses that reached their
 * most. Appends the events to `onto`.
 */
export function tick(state: CaseState, now: Instant, onto: Event[]): CaseState {
  let at = state;
  for (let ring = nextRing(at); ring && ring.at <= now; ring = nextRing(at)) {
    const fact = ringing(at, ring, now);
    at = append(at, fact, now, onto);
    if (fact.type === 'fell-overdue') at = follow(at, `${ring.duty.duty}.overdue`, at.seq, fact.at, now, onto);
    if (fact.type === 'lapsed') at = follow(at, `${ring.duty.duty}.lapsed`, at.seq, fact.at, now, onto);
  }
  return at;
}

function ringing(state: CaseState, { at, duty, what }: Ring, now: Instant): Fact {
  const { instance, due } = duty;
  const rule = ruleOf(state.procedure, duty.duty);
  const why = whyLate(duty, at, now);
  const late = why === undefined ? {} : { why };
  // What people were told happened when they were told; what the law says happened when the law says.
  const told = why === undefined ? at : now;
  switch (what) {
    case 'reminder': {
      const n = duty.reminders.find((r) => !r.sent && r.at === at)?.n ?? 0;
      const { dueAt, dueDate, actBy } = due;
      return { type: 'reminded', at: told, instance, n, role: rule.owes, dueAt, dueDate, actBy, ...late };
    }
    case 'due':
      return rule.expiry === 'escalates'
        ? { type: 'fell-overdue', at, instance, dueAt: due.dueAt, ...late }
        : { type: 'lapsed', at, instance, dueAt: due.dueAt, as: rule.expiry, ...late };
    case 'rung': {
      const ladder = state.procedure.ladders[rule.ladder ?? ''] ?? [];
      const rung = Math.min(duty.rung + 1, ladder.length);
      const times = duty.rung + 1 > ladder.length ? duty.times + 1 : 1;
      const scheduled = why === undefined ? {} : { scheduled: at };
      return { type: 'escalated', at: told, instance, rung, times, role: ladder[rung - 1]?.tell ?? rule.owes, dueAt: due.dueAt, ...scheduled, ...late };
    }
    case 'pause-over': {
      const most = duty.pauses.at(-1)?.most ?? at;
      const pauses = duty.pauses.map((p) => (p.to === undefined ? { ...p, to: most } : p));
      return { type: 'resumed', at: most, instance, after: dueOf(state, { ...duty, pauses }) };
    }
  }
}

function whyLate(duty: DutyState, scheduled: Instant, now: Instant): Why | undefined {
  const late = msOf(now) - msOf(scheduled);
  if (late <= PROMPT) return undefined;
  if (scheduled < duty.known) return 'learnt-late';
  return late <= SPREAD ? 'spread' : 'system-away';
}

/** Whether a case is at its end: its stage is final and nobody owes anything any more. */
export const canSettle = (state: CaseState): boolean =>
  state.closedAt === undefined && isFinal(state) && !Object.values(state.duties).some(isOpen);

/** Closes a case that is at its end. */
export const settle = (state: CaseState, now: Instant, onto: Event[]): CaseState =>
  canSettle(state) ? append(state, { type: 'closed', at: now }, now, onto) : state;
