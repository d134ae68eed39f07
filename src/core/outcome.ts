import { append } from './apply.ts';
import { follow } from './consequences.ts';
import type { Notice, Outcome, Report } from './effects.ts';
import type { Event } from './events.ts';
import type { Instant } from './instant.ts';
import type { CaseState } from './state.ts';

/**
 * Puts on the timeline what became of a notice or a report. One that failed for
 * good starts the duties that listen to `notice-failed`, one for each role that
 * could not be reached, so that a failing notice about a failed notice does not
 * breed.
 */
export function record(state: CaseState, sent: Notice | Report, outcome: Outcome, now: Instant, onto: Event[]): CaseState {
  const { key, of } = sent;
  if ('role' in sent) {
    const about = { at: now, of, role: sent.role, key };
    if (outcome.result === 'sent') return append(state, { type: 'noticed', ...about, channel: outcome.channel }, now, onto);
    if (outcome.result !== 'failed') return state;
    const failed = append(state, { type: 'notice-failed', ...about, reason: outcome.reason }, now, onto);
    if (state.closedAt !== undefined) return failed;
    return follow(failed, 'notice-failed', failed.seq, now, now, onto, { name: sent.role });
  }
  const about = { at: now, of, kind: sent.kind, key };
  if (outcome.result === 'filed') return append(state, { type: 'filed', ...about, path: outcome.path, sha256: outcome.sha256 }, now, onto);
  if (outcome.result === 'failed') return append(state, { type: 'filing-failed', ...about, reason: outcome.reason }, now, onto);
  return state;
}
