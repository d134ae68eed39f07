import type { LogCase, NotJudged } from '../logs/index.ts';
import { type LogRun, type LogSummary, runLog } from './log-run.ts';
import type { CaseVerdict } from './verdict.ts';
import { type Rules, walk, type Walked } from './walk.ts';

/**
 * Runs a log of real cases under a procedure with the core alone: which would
 * have been late, who would have been told, how often. `each` gets every case
 * in the order of the log.
 */
export const backtest = (file: string, run: LogRun, each: (verdict: CaseVerdict, done: number) => void): Promise<LogSummary> =>
  runLog(file, run, onCore, each);

async function* onCore(rules: Rules, cases: AsyncIterable<LogCase | NotJudged>): AsyncGenerator<Walked> {
  for await (const c of cases) yield c.judged ? walk(rules, c) : { dirt: c.dirt };
}
