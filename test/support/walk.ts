import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import * as core from '../../src/core/index.ts';

export const procedure = (id: string): core.Procedure =>
  core.Procedure.parse(parse(readFileSync(new URL(`../../procedures/${id}.yaml`, import.meta.url), 'utf8')));

export const calendar = (id: string): core.Calendar =>
  core.Calendar.parse(JSON.parse(readFileSync(new URL(`../../calendars/${id}.json`, import.meta.url), 'utf8')));

export const IDS = ['xinfang-2022', 'uk-foi-2000', 'company-complaint'] as const;
export const PROCEDURES = IDS.map(procedure);
const CALENDARS = new Map(PROCEDURES.map((p) => [p.calendar, calendar(p.calendar)]));
export const calendarOf = (p: core.Procedure): core.Calendar => CALENDARS.get(p.calendar) ?? calendar(p.calendar);

/** The least that the fields of an action accept. */
export function leastFields(fields: core.Fields, onDay: string): Record<string, core.FieldValue> {
  const out: Record<string, core.FieldValue> = {};
  for (const [name, f] of Object.entries(fields)) {
    if (f.kind === 'choice') out[name] = f.choices?.[0] ?? '';
    else if (f.kind === 'yes-no') out[name] = true;
    else if (f.kind === 'days') out[name] = 5;
    else if (f.kind === 'date') out[name] = onDay;
    else out[name] = 'x';
  }
  return out;
}

/** One step of a random walk: some time passes, then perhaps somebody does something, perhaps told late. */
export interface Pace {
  readonly wait: number;
  readonly pick: number;
  readonly late: number;
  readonly person: number;
  readonly forbidden: boolean;
  readonly correct: boolean;
  /** What becomes of the notices that this brings. */
  readonly told: number;
}

export const paces: fc.Arbitrary<Pace[]> = fc.array(
  fc.record({
    wait: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 40 * 24 * 60 })),
    pick: fc.nat(1000),
    late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10 * 24 * 60 })),
    person: fc.nat(2),
    forbidden: fc.boolean(),
    told: fc.nat(5),
    correct: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  }),
  { maxLength: 25 },
);

export interface Walk {
  readonly state: core.CaseState;
  readonly events: readonly core.Event[];
  readonly now: core.Instant;
  /** Each state on the way, with the instant it was reached. */
  readonly path: readonly { state: core.CaseState; now: core.Instant }[];
}

/** Walks a case through a procedure: permitted and forbidden actions, punctual and late clocks, corrections. */
export function walk(p: core.Procedure, received: core.Instant, pace: readonly Pace[], punctual = true): Walk {
  const cal = calendarOf(p);
  const intake = core.Intake.parse({ receipt: 'W', channel: Object.keys(p.channels)[0], unit: 'unit', fields: {} });
  const opened = core.open(p, cal, intake, received);
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  let { state } = opened;
  let now = received;
  const events: core.Event[] = [...opened.events];
  const path = [{ state, now }];
  const step = (to: core.Instant): void => {
    for (let next = core.nextInstant(state); punctual && next !== undefined && next <= to; next = core.nextInstant(state)) {
      state = core.tick(state, next, events);
      path.push({ state, now: next });
    }
    state = core.tick(state, to, events);
    now = to;
    path.push({ state, now });
  };
  let told = 0;
  const tell = (how: number): void => {
    const fresh = events.slice(told);
    told = events.length;
    for (const notice of core.noticesOf(state, fresh, now)) {
      state = core.record(state, notice, outcomeOf(notice, how), now, events);
      path.push({ state, now });
    }
  };
  for (const one of pace) {
    tell(one.told);
    step(core.instantOf(core.msOf(now) + one.wait * core.MINUTE));
    const taken = core.act(state, choose(state, one, now), now);
    if (core.isRefusal(taken)) continue;
    state = taken.state;
    events.push(...taken.events);
    path.push({ state, now });
  }
  return { state, events, now, path };
}

/** A mailbox, a person, a deputy, the next in line, nobody, or not yet. */
function outcomeOf({ key, onward, role }: core.Notice, how: number): core.Outcome {
  const next = onward[0];
  if (how === 1) return { key, result: 'sent', channel: 'c', person: 'p1', as: 'holder' };
  if (how === 2) return { key, result: 'sent', channel: 'c', person: 'p2', as: 'deputy' };
  if (how === 3 && next !== undefined) return { key, result: 'sent', channel: 'c', role: next, person: 'p0', as: 'on-duty', passed: [{ role, why: 'vacant' }] };
  if (how === 4) return { key, result: 'failed', reason: 'no-post', passed: [{ role, person: 'p1', why: 'on-leave' }] };
  if (how === 5) return { key, result: 'later', reason: 'away' };
  return { key, result: 'sent', channel: 'c', as: 'mailbox' };
}

function choose(state: core.CaseState, pace: Pace, now: core.Instant): core.ActInput {
  const at = core.instantOf(Math.max(core.msOf(state.receivedAt), core.msOf(now) - pace.late * core.MINUTE));
  if (pace.correct) {
    const seqs = Object.keys(state.times).map(Number);
    return { action: 'correct', by: { role: state.procedure.corrects[0] ?? 'nobody' }, occurredAt: at, fields: { of: seqs[pace.pick % seqs.length] ?? 1, reason: 'misread' } };
  }
  const names = pace.forbidden ? Object.keys(state.procedure.actions) : core.allowedNow(state);
  const action = names[pace.pick % Math.max(1, names.length)] ?? 'none';
  const rule = state.procedure.actions[action];
  const day = core.dayOf(core.localDay(state.calendar, now) + 10);
  const mending = Object.values(state.duties).find((d) => core.isOpen(d) && d.duty !== d.instance)?.instance;
  return {
    action,
    by: { role: rule?.by[pace.pick % rule.by.length] ?? 'nobody', person: `p${pace.person}` },
    occurredAt: at,
    fields: rule ? leastFields(rule.fields, day) : {},
    ...(mending === undefined ? {} : { instance: mending }),
  };
}
