import {
  act, type Calendar, type CaseState, type Event, type Instant, isOpen, isRefusal, nextInstant, open, type Procedure, tick,
} from '../core/index.ts';
import { type Dirt, type LogCase, refusedStep } from '../logs/index.ts';
import { type CaseVerdict, verdictsOf } from './verdict.ts';
import type { Watched } from './watched.ts';

/** The rules that a log is run under. */
export interface Rules {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly watched: Watched;
  readonly channel: string;
  readonly unit: string;
  /** Where open cases are left. */
  readonly until: Instant;
}

/** A case that was run, or why it could not even be opened. */
export type Walked = { readonly verdict: CaseVerdict; readonly dirt: readonly Dirt[] } | { readonly verdict?: undefined; readonly dirt: readonly Dirt[] };

/** Runs a case on the core alone: its clock shows each instant at which something happens, exactly. */
export function walk(rules: Rules, c: LogCase): Walked {
  const { procedure, calendar, channel, unit, until } = rules;
  const opened = open(procedure, calendar, { receipt: c.id, channel, unit, receivedAt: c.receivedAt, fields: { ...c.fields } }, c.receivedAt);
  if (isRefusal(opened)) return { dirt: [...c.dirt, refusedStep(c.row, c.id, 'received', opened)] };
  const events: Event[] = [...opened.events];
  const dirt: Dirt[] = [...c.dirt];
  let { state } = opened;
  for (const { action, at, by, fields, row } of c.steps) {
    state = passTo(state, at, events);
    const taken = act(state, { action, by, fields: { ...fields } }, at);
    if (isRefusal(taken)) {
      dirt.push(refusedStep(row, c.id, action, taken));
      continue;
    }
    for (const e of taken.events) events.push(e);
    state = taken.state;
  }
  if (isAwaited(state, rules.watched)) state = passTo(state, until, events);
  return { verdict: verdictOf(c, dirt, verdictsOf(state, events, rules.watched, until)), dirt };
}

export const verdictOf = (c: LogCase, dirt: readonly Dirt[], duties: CaseVerdict['duties']): CaseVerdict =>
  ({ id: c.id, receivedAt: c.receivedAt, duties, ...(dirt.length > 0 ? { dirt } : {}) });

/** Whether somebody still owes what the log could tell of. */
export const isAwaited = (state: CaseState, { awaited }: Watched): boolean =>
  Object.values(state.duties).some((d) => awaited.has(d.duty) && isOpen(d));

function passTo(from: CaseState, at: Instant, events: Event[]): CaseState {
  let state = from;
  for (let next = nextInstant(state); next !== undefined && next <= at; next = nextInstant(state))
    state = tick(state, next, events);
  return state;
}
