import { fold, pin } from '../core/index.ts';
import { Refused } from '../errors.ts';
import { type Dirt, type LogCase, refusedStep } from '../logs/index.ts';
import { type CaseRun, startCase } from './case-run.ts';
import type { Lab } from './lab.ts';
import { type LogRun, type LogSummary, type Runner, runLog } from './log-run.ts';
import { type CaseVerdict, verdictsOf } from './verdict.ts';
import { isAwaited, type Rules, verdictOf, type Walked } from './walk.ts';

/** Cases on the engine at one time, where nobody says otherwise. */
export const AT_ONCE = 16;

/**
 * Runs a log of real cases on the real engine in virtual time, several at once;
 * the outcome is that of `backtest`, in the order of the log.
 */
export const rehearseLog = (lab: Lab, file: string, run: LogRun, each: (verdict: CaseVerdict, done: number) => void, atOnce = AT_ONCE): Promise<LogSummary> =>
  runLog(file, run, onEngine(lab, atOnce), each);

const onEngine = (lab: Lab, atOnce: number): Runner => async function* (rules, cases) {
  const running: Promise<Walked>[] = [];
  for await (const c of cases) {
    const outcome = c.judged ? walkOnEngine(lab, rules, c) : Promise.resolve({ dirt: c.dirt });
    // Looked at in its turn; until then a failure must not count as one that nobody looks at.
    outcome.catch(() => undefined);
    running.push(outcome);
    const first = running.length >= atOnce ? running.shift() : undefined;
    if (first) yield await first;
  }
  for (const outcome of running) yield await outcome;
};

async function walkOnEngine(lab: Lab, rules: Rules, c: LogCase): Promise<Walked> {
  const run = await startCase(lab, { ...rules, receivedAt: c.receivedAt, fields: c.fields }).catch((error: unknown) => {
    if (error instanceof Refused) return error;
    throw error;
  });
  if (run instanceof Refused) return { dirt: [...c.dirt, refusedStep(c.row, c.id, 'received', run)] };
  try {
    return await walked(run, rules, c);
  } finally {
    await run.end();
  }
}

async function walked(run: CaseRun, rules: Rules, c: LogCase): Promise<Walked> {
  const dirt: Dirt[] = [...c.dirt];
  for (const { action, at, by, fields, row } of c.steps) {
    await run.pass(at);
    const refusal = await run.act({ action, by, fields: { ...fields } }, at);
    if (refusal) dirt.push(refusedStep(row, c.id, action, refusal));
  }
  let events = await run.timeline();
  const stateOf = () => fold(rules.procedure, pin(rules.calendar, c.receivedAt), events);
  if (isAwaited(stateOf(), rules.watched)) {
    await run.pass(rules.until);
    events = await run.timeline();
  }
  return { verdict: verdictOf(c, dirt, verdictsOf(stateOf(), events, rules.watched, rules.until)), dirt };
}
