import {
  act, type Calendar, type CaseState, type CaseView, type Event, fold, type Instant, isRefusal, nextInstant, notInForce, open, type Procedure, type Refusal, tick, viewOf,
} from '../core/index.ts';

/** What a legacy register tells of a case, in order of time. */
export interface Told {
  readonly receipt: string;
  readonly unit: string;
  readonly channel: string;
  readonly receivedAt: Instant;
  readonly fields: Parameters<typeof open>[2]['fields'];
  readonly steps: readonly ToldStep[];
}

export interface ToldStep {
  readonly action: string;
  readonly at: Instant;
  /** The time as it is written, for the words of a refusal. */
  readonly said?: string;
  readonly by: { readonly role: string; readonly person?: string };
  readonly fields: Told['fields'];
}

/** A case as it stands at the import. */
export interface History {
  readonly events: readonly Event[];
  readonly view: CaseView;
  readonly state: CaseState;
}

/** Why the procedure does not take what a register tells, and at which step; -1 for the receipt. */
export interface Rejected {
  readonly rejected: Refusal;
  readonly step: number;
}

/**
 * Makes the timeline of a case that was handled before there was a Redress.
 *
 * Each step is taken at its own time, so every limit is counted, met or missed
 * as the law has it. But Redress told nobody of it then: the timeline holds no
 * reminder and no rung of a ladder from before the import, and says of each
 * event that the system learnt it at the import.
 */
export function historian(procedure: Procedure, calendar: Calendar, now: Instant): (told: Told) => History | Rejected {
  const silent = quiet(procedure);
  return (told) => {
    const { receipt, unit, channel, receivedAt } = told;
    const early = notInForce(procedure, calendar, receivedAt);
    if (early) return { rejected: early, step: -1 };
    const opened = open(silent, calendar, { receipt, channel, unit, receivedAt, fields: told.fields }, receivedAt);
    if (isRefusal(opened)) return { rejected: opened, step: -1 };
    const events: Event[] = [...opened.events];
    let { state } = opened;
    for (const [step, { action, at, said, by, fields }] of told.steps.entries()) {
      state = passTo(state, at, events);
      const taken = act(state, { action, by, fields, ...(said === undefined ? {} : { occurredAt: said }) }, at);
      if (isRefusal(taken)) return { rejected: taken, step };
      for (const e of taken.events) events.push(e);
      state = taken.state;
    }
    passTo(state, now, events);
    const learnt = events.map((e) => learntAt(e, now));
    const after = fold(procedure, calendar, learnt);
    return { events: learnt, state: after, view: viewOf(after) };
  };
}

/** The same procedure with nobody to tell of time. Limits and what follows from them are the same. */
const quiet = (procedure: Procedure): Procedure => ({
  ...procedure,
  ladders: {},
  duties: Object.fromEntries(Object.entries(procedure.duties).map(([name, duty]) => [name, { ...duty, reminders: [] }])),
});

function learntAt(event: Event, now: Instant): Event {
  const at = { ...event, recordedAt: now };
  return (at.type === 'fell-overdue' || at.type === 'lapsed') && at.at < now ? { ...at, why: 'learnt-late' } : at;
}

function passTo(from: CaseState, at: Instant, events: Event[]): CaseState {
  let state = from;
  for (let next = nextInstant(state); next !== undefined && next <= at; next = nextInstant(state)) state = tick(state, next, events);
  return state;
}
