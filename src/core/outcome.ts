import { askAnswer } from './answers.ts';
import { append } from './apply.ts';
import { follow } from './consequences.ts';
import type { Notice, Outcome, Passed, Report } from './effects.ts';
import type { Event } from './events.ts';
import type { Instant } from './instant.ts';
import { own } from './own.ts';
import { appoint } from './parts.ts';
import { ruleOf, rungsOf } from './rules.ts';
import { type CaseState, isOpen } from './state.ts';

/** Puts on the timeline what became of a notice or a report. One that is held or comes later leaves nothing yet. */
export function record(state: CaseState, sent: Notice | Report, outcome: Outcome, now: Instant, onto: Event[]): CaseState {
  return 'role' in sent ? told(state, sent, outcome, now, onto) : put(state, sent, outcome, now, onto);
}

function put(state: CaseState, { key, of, kind }: Report, outcome: Outcome, now: Instant, onto: Event[]): CaseState {
  const about = { at: now, of, kind, key };
  if (outcome.result === 'failed') {
    const failed = append(state, { type: 'filing-failed', ...about, reason: outcome.reason }, now, onto);
    return state.closedAt === undefined ? follow(failed, 'filing-failed', failed.seq, now, now, onto, { name: kind }) : failed;
  }
  if (outcome.result !== 'filed') return state;
  const { path, sha256, number } = outcome;
  return append(state, { type: 'filed', ...about, path, sha256, ...(number === undefined ? {} : { number }) }, now, onto);
}

/**
 * One that failed for good starts the duties that listen to `notice-failed`,
 * one for each role that could not be reached, so that a failing notice about a
 * failed notice does not breed.
 */
function told(state: CaseState, notice: Notice, outcome: Outcome, now: Instant, onto: Event[]): CaseState {
  const { of, role, key } = notice;
  const about = { at: now, of, role, key };
  if (outcome.result === 'failed') {
    const passed = passedOver(state, of, outcome.passed, now, onto);
    const failed = append(passed, { type: 'notice-failed', ...about, reason: outcome.reason }, now, onto);
    if (state.closedAt !== undefined) return failed;
    // Whoever it is for by name owes the answer all the same: that none comes is what brings the next one in.
    const asked = notice.only === undefined ? failed : notice.about.reduce((at, one) => reached(at, one, { role, person: notice.only, as: 'appointed' }, failed.seq, now, onto), failed);
    return follow(asked, 'notice-failed', failed.seq, now, now, onto, { name: notice.only ?? role });
  }
  if (outcome.result !== 'sent') return state;
  const { channel, person, as } = outcome;
  const to = outcome.role ?? role;
  const who = { ...(to === role ? {} : { told: to }), ...(person === undefined ? {} : { person }), ...(as === undefined ? {} : { as }) };
  let next = passedOver(state, of, outcome.passed, now, onto);
  next = append(next, { type: 'noticed', ...about, channel, ...who }, now, onto);
  const cause = next.seq;
  for (const one of notice.about) next = reached(next, one, { role: to, person, as }, cause, now, onto);
  return next;
}

function passedOver(state: CaseState, of: number, passed: readonly Passed[] | undefined, now: Instant, onto: Event[]): CaseState {
  let next = state;
  for (const { role, person, why } of passed ?? [])
    next = append(next, { type: 'passed-over', at: now, of, role, ...(person === undefined ? {} : { person }), why }, now, onto);
  return next;
}

type Told = Parameters<typeof askAnswer>[3];

/**
 * Somebody has been told of a duty. Where it went past rungs on which nobody
 * could be told, the duty stands on the rung that was reached; a rung may make
 * whoever is told the named leader of the case; and an answer may be owed.
 */
function reached(state: CaseState, about: Notice['about'][number], who: Told, cause: number, now: Instant, onto: Event[]): CaseState {
  const duty = state.duties[about.instance];
  // What was raised and is not overdue any more is no ground for anything.
  if (state.closedAt !== undefined || !duty || !isOpen(duty) || (about.rung > 0 && !duty.overdue)) return state;
  const owed = ruleOf(state.procedure, duty.duty);
  const rungs = rungsOf(state.procedure, owed);
  const at = rungs.findIndex((r) => r.tell === who.role) + 1;
  const rung = about.rung > 0 && at > about.rung ? at : about.rung;
  let next = state;
  if (duty.overdue && rung > duty.rung)
    next = append(next, { type: 'escalated', at: now, instance: duty.instance, rung, times: 1, role: who.role, dueAt: duty.due.dueAt, why: 'passed-on' }, now, onto);
  const rule = rung > 0 ? rungs[rung - 1] : undefined;
  if (rule?.appoints !== undefined && who.person !== undefined && next.appointed[rule.appoints] === undefined && own(next.excluded, who.person) === undefined)
    next = appoint(next, rule.appoints, who.person, 'rung', cause, now, now, onto);
  const answer = rung > 0 ? rule?.acknowledge : owed.acknowledge;
  return answer === undefined ? next : askAnswer(next, answer, duty.instance, { ...who, rung }, cause, now, onto);
}
