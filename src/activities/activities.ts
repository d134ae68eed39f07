import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities, Notice, Outcome, Report } from '../core/effects.ts';
import { instantOf } from '../core/instant.ts';
import { RedressError } from '../errors.ts';
import { StoreError } from '../filing/index.ts';
import { type Progress, RegisterConflict } from '../register/index.ts';
import { openScheduled } from '../schedules/activity.ts';
import type { OpeningActivities } from '../schedules/schedule.ts';
import { directory } from './directory.ts';
import { release } from './digest.ts';
import { link, pass } from './links.ts';
import { inTime, reasonOf, settledAs, tell } from './tell.ts';
import type { Office, World } from './world.ts';

/** For one notice in `carryOut`, so that a mail server that hangs does not hold up the case. */
const AT_ONCE_MS = 3_000;
/** For what waited, so that one activity is surely over in time whatever hangs. */
const RELEASE_MS = 20_000;
/** For one notice by itself, where the retry policy waits in between. */
const BY_ITSELF_MS = 50_000;
/** Well below the time after which a silent worker is given up. */
const BEAT_MS = 3_000;

/**
 * The activities of a case, and of what a schedule opens.
 *
 * Recording is idempotent and comes first: nothing is sent or filed of which the register knows nothing. A notice is
 * sent at least once, and once only except in the window that `tell` describes; a report is filed exactly once.
 */
export function activities(given: World): Activities & OpeningActivities {
  const world: Office = { ...given, directory: directory(given.register), underWay: new Map() };
  return {
    carryOut: ({ events, view, notices, reports }) => alive(async () => {
      const progress = await guarded(async () => {
        await world.register.record(events, view);
        return world.register.notices.begin(notices);
      });
      const outcomes = await Promise.all([
        ...notices.map((n) => (n.notBefore === undefined ? tell(world, n, progress.get(n.key), AT_ONCE_MS) : heldBack(n, progress.get(n.key)))),
        ...reports.map((r) => inTime<Outcome>(AT_ONCE_MS, put(world, r), async () => ({ key: r.key, result: 'later', reason: 'timeout' }))),
      ]);
      await handedOut(world, notices, reports, outcomes);
      return outcomes;
    }),
    async deliver(notice) {
      const { key, receipt } = notice;
      const [progress, mine, cast] = await guarded(async () => {
        const begun = await world.register.notices.begin([notice]);
        // What is in somebody else's message is not sent beside it.
        return [begun.get(key), await world.register.notices.claim([key], `alone/${key}`), await world.register.people.casting([receipt])] as const;
      });
      if (progress && !settledAs(progress) && mine.length === 0) return settled({ key, result: 'later', reason: 'sent-by-another' }, 'NotYetSent');
      return settled(await tell(world, notice, progress, BY_ITSELF_MS, { elapsed: elapsed(), ...cast.get(receipt) }), 'NotYetSent');
    },
    async release(notices) {
      return guarded(() => release(world, notices, RELEASE_MS, elapsed()));
    },
    async file(report) {
      return settled(await put(world, report), 'NotYetFiled');
    },
    link: (linking) => guarded(() => link(world.register, world.cases, linking)),
    pass: (heard) => guarded(() => pass(world.cases, heard)),
    openScheduled: openScheduled(world.cases),
  };
}

/** Who was told in the same step that a copy is theirs has been given it. The books only: nothing waits for them. */
async function handedOut({ register }: Office, notices: readonly Notice[], reports: readonly Report[], outcomes: readonly Outcome[]): Promise<void> {
  const byKey = new Map(outcomes.map((o) => [o.key, o]));
  for (const { key, copies, at } of reports)
    for (const role of copies) {
      const told = byKey.get(notices.find((n) => n.role === role)?.key ?? '');
      if (byKey.get(key)?.result !== 'filed' || told?.result !== 'sent') continue;
      await register.papers.gave(key, { role, person: told.person, at: at ?? instantOf(Date.now()), how: told.channel }).catch(() => undefined);
    }
}

/** Waits for its time, unless a step that is carried out again finds it gone already. */
const heldBack = ({ key }: Notice, progress: Progress | undefined): Outcome => (progress && settledAs(progress)) ?? { key, result: 'held' };

/** Files a paper once for its key; the first content stays. Never throws. */
async function put({ file }: Office, report: Report): Promise<Outcome> {
  const { key } = report;
  try {
    const { path, sha256, number } = await file(report);
    return { key, result: 'filed', path, sha256, ...(number === undefined ? {} : { number }) };
  } catch (error) {
    // What the case lacks, or the institution's files say wrongly, will not come right by waiting.
    return { key, result: error instanceof RedressError && !(error instanceof StoreError) ? 'failed' : 'later', reason: reasonOf(error) };
  }
}

/** Says every few seconds that the work still goes on, so that a worker that died is told from one that is slow. */
async function alive<T>(work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => inActivity(heartbeat), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

/** Milliseconds since the first attempt was asked for. Outside an activity there was none before. */
function elapsed(): number {
  const { scheduledTimestampMs = 0, currentAttemptScheduledTimestampMs = 0 } = inActivity(activityInfo) ?? {};
  return Math.max(0, currentAttemptScheduledTimestampMs - scheduledTimestampMs);
}

/** What only an activity can be asked; nothing outside one. */
function inActivity<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** "Later" becomes a failure, for the retry policy to try again. */
function settled(outcome: Outcome, type: 'NotYetSent' | 'NotYetFiled'): Outcome {
  if (outcome.result !== 'later') return outcome;
  const { reason: message, afterMs } = outcome;
  throw ApplicationFailure.create({ message, type, nonRetryable: false, ...(afterMs === undefined ? {} : { nextRetryDelay: afterMs }) });
}

/**
 * Passes the register's errors on under their names. Each may be tried again, a conflict too: the case then stands
 * still with that name in plain sight until somebody has looked, instead of failing.
 */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const conflict = error instanceof RegisterConflict;
    throw ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: false, ...(conflict && { nextRetryDelay: '1 minute' }) });
  }
}
