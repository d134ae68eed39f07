import * as core from '../../src/core/index.ts';
import { filled, hash, personOf } from './walk-fields.ts';
import { type Model, modelOf, see } from './walk-model.ts';
import { must } from './walk-must.ts';
import { reasonsAgainst, type Wanted } from './walk-rules.ts';
import { type Ledger, newLedger, sound } from './walk-sound.ts';

/** The case itself, and all that goes on around it. */
export interface World {
  readonly procedure: core.Procedure;
  readonly calendar: core.Calendar;
  state: core.CaseState;
  now: core.Instant;
  readonly events: core.Event[];
  /** Of the events, how many notices and links have been dealt with. */
  told: number;
  linked: number;
  /** Links whose answer is still out. */
  readonly asked: core.Linking[];
  heard: number;
  readonly ledger: Ledger;
  /** What people did, for somebody who reads of a walk that failed. */
  readonly log: string[];
}

export interface Start {
  readonly received: number;
  readonly channel: number;
  readonly seed: number;
}

export function begin(procedure: core.Procedure, calendar: core.Calendar, { received, channel, seed }: Start): { model: Model; world: World } {
  const now = core.instantOf(Date.UTC(2025, 5, 1) + received * core.MINUTE);
  const channels = Object.keys(procedure.channels);
  const today = core.localDay(calendar, now);
  const fields = filled(procedure.intake, seed, today + 10, Object.keys(procedure.roles));
  const opened = core.open(procedure, calendar, core.Intake.parse({ receipt: 'W', channel: channels[channel % channels.length], unit: 'unit', fields }), now);
  if (core.isRefusal(opened)) throw new Error(`${procedure.id} was not opened with ${JSON.stringify(fields)}: ${opened.text.en}`);
  const world: World = { procedure, calendar, state: opened.state, now, events: [...opened.events], told: 0, linked: 0, asked: [], heard: 0, ledger: newLedger(), log: [`${now.slice(0, 16)}Z received: ${JSON.stringify(fields)}`] };
  const model = modelOf(procedure, calendar, opened.events);
  sound(model, world, opened.events);
  return { model, world };
}

/** Puts what the core has brought about into the world, and into the model of it. */
export function goOn(m: Model, w: World, state: core.CaseState, fresh: readonly core.Event[]): void {
  w.state = state;
  for (const e of fresh) w.events.push(e);
  see(m, fresh);
  sound(m, w, fresh);
}

export function passTo(m: Model, w: World, to: core.Instant, punctual: boolean): void {
  for (let next = core.nextInstant(w.state); punctual && next !== undefined && next <= to; next = core.nextInstant(w.state)) tickAt(m, w, next);
  tickAt(m, w, to);
}

export function tickAt(m: Model, w: World, at: core.Instant): void {
  const fresh: core.Event[] = [];
  w.now = at;
  goOn(m, w, core.tick(w.state, at, fresh), fresh);
  const next = core.nextInstant(w.state);
  must(next === undefined || next > at, () => `nextInstant ${next} is not after ${at}, where tick has just been`);
}

/** Does it, or is refused: as the model says, and in no other way. */
export function take(m: Model, w: World, act: Wanted): boolean {
  const at = act.occurredAt === undefined ? w.now : core.Instant.parse(act.occurredAt);
  tickAt(m, w, w.now);
  const reasons = reasonsAgainst(m, Object.values(w.state.duties), act, at > w.now && core.msOf(at) <= core.msOf(w.now) + 5 * core.MINUTE ? w.now : at, w.now);
  const before = w.state;
  const taken = core.act(w.state, act, w.now);
  if (core.isRefusal(taken)) {
    must(reasons.length > 0, () => `refused (${taken.code} ${taken.field}), though nothing speaks against ${JSON.stringify(act)} in stage ${before.stage}: ${taken.text.en}`);
    must(w.state === before, () => 'a refusal left something');
    return false;
  }
  must(reasons.length === 0, () => `taken in stage ${before.stage}, though against it speaks: ${reasons.join(', ')}: ${JSON.stringify(act)}`);
  goOn(m, w, taken.state, taken.events);
  return true;
}

/** Puts a date right, where that is permitted: who may is in the file, and what follows is for `sound` to judge. */
export function correct(m: Model, w: World, act: Wanted): boolean {
  const before = w.state;
  const taken = core.act(w.state, act, w.now);
  if (core.isRefusal(taken)) {
    must(w.state === before, () => 'a refusal left something');
    return false;
  }
  must(w.procedure.corrects.includes(act.by.role), () => `a date was put right by ${act.by.role}`);
  goOn(m, w, taken.state, taken.events);
  return true;
}

/** What becomes of the notices that were called for: sent, sent to somebody else, failed, or not yet. */
export function tell(m: Model, w: World, seed: number): void {
  const fresh = w.events.slice(w.told);
  w.told = w.events.length;
  for (const [i, notice] of core.noticesOf(w.state, fresh, w.now).entries()) {
    const onto: core.Event[] = [];
    goOn(m, w, core.record(w.state, notice, outcomeOf(notice, hash(seed, i)), w.now, onto), onto);
  }
  // A paper is made of the whole timeline; a few are enough.
  for (const report of seed % 4 === 0 ? core.reportsOf(w.state, w.events, fresh.slice(-12)) : []) {
    const onto: core.Event[] = [];
    const outcome: core.Outcome = seed % 8 === 0 ? { key: report.key, result: 'failed', reason: 'no-template' } : { key: report.key, result: 'filed', path: 'p', sha256: 's' };
    goOn(m, w, core.record(w.state, report, outcome, w.now, onto), onto);
  }
}

function outcomeOf({ key, onward, role, excluded }: core.Notice, n: number): core.Outcome {
  const next = onward[0];
  const free = [0, 1, 2, 3, 4].map((i) => personOf((n >> 3) + i)).find((id) => excluded[id] === undefined);
  if (free === undefined) return { key, result: 'failed', reason: 'no-post', passed: [] };
  switch (n % 8) {
    case 0:
      return { key, result: 'sent', channel: 'c', person: free, as: 'holder' };
    case 1:
      return { key, result: 'sent', channel: 'c', person: free, as: 'deputy' };
    case 2:
      return next === undefined ? { key, result: 'held' } : { key, result: 'sent', channel: 'c', role: next, person: free, as: 'on-duty', passed: [{ role, why: 'vacant' }] };
    case 3:
      return { key, result: 'failed', reason: 'no-post', passed: [{ role, person: free, why: 'on-leave' }] };
    default:
      return { key, result: 'sent', channel: 'c', as: 'mailbox' };
  }
}
