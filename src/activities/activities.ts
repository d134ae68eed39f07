import { ApplicationFailure } from '@temporalio/common';
import type { Activities, Outcome, Report } from '../core/effects.ts';
import { RegisterConflict } from '../register/index.ts';
import { archive } from './archive.ts';
import { reasonOf, tell } from './tell.ts';
import { directory } from './directory.ts';
import type { Office, World } from './world.ts';

/** For one notice in `carryOut`, so that a mail server that hangs does not hold up the case. */
const AT_ONCE_MS = 3_000;
/** For one notice by itself, where the retry policy waits in between. */
const BY_ITSELF_MS = 50_000;

/**
 * The activities of a case.
 *
 * Recording is idempotent and comes first: nothing is sent or filed of which the register knows nothing. A notice is
 * sent at least once, and once only except in the window that `tell` describes; a report is filed exactly once.
 */
export function activities(given: World): Activities {
  const world: Office = { ...given, directory: directory(given.register), underWay: new Map() };
  return {
    async carryOut({ events, view, notices, reports }) {
      const progress = await guarded(async () => {
        await world.register.record(events, view);
        return world.register.notices.begin(notices);
      });
      return Promise.all([
        ...notices.map((n) => tell(world, n, progress.get(n.key), AT_ONCE_MS)),
        ...reports.map((r) => put(world, r)),
      ]);
    },
    async deliver(notice) {
      const progress = await guarded(() => world.register.notices.begin([notice]));
      return settled(await tell(world, notice, progress.get(notice.key), BY_ITSELF_MS), 'NotYetSent');
    },
    async file(report) {
      return settled(await put(world, report), 'NotYetFiled');
    },
  };
}

/** Files a report once for its key; the first content stays. Never throws. */
async function put({ register, archive: root, directory: known }: Office, report: Report): Promise<Outcome> {
  const { key, receipt, of, kind } = report;
  try {
    const before = await register.papers.find(key);
    const lang = await known.language();
    const { path, sha256 } = before ?? (await register.papers.enter({ key, receipt, of, kind, ...(await archive(root, report, lang)) }));
    return { key, result: 'filed', path, sha256 };
  } catch (error) {
    return { key, result: 'later', reason: reasonOf(error) };
  }
}

/** "Later" becomes a failure, for the retry policy to try again. */
function settled(outcome: Outcome, type: 'NotYetSent' | 'NotYetFiled'): Outcome {
  if (outcome.result !== 'later') return outcome;
  throw ApplicationFailure.retryable(outcome.reason, type);
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
