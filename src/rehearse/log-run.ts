import { readMoment, type Calendar, dayOf, type Instant, localDay, type Procedure } from '../core/index.ts';
import { lastInstant, type Log, type LogCase, LogError, type LogFlags, type NotJudged, openLog } from '../logs/index.ts';
import { count, emptyTally, type Tally } from './tally.ts';
import { type Rules, type Walked } from './walk.ts';
import type { CaseVerdict } from './verdict.ts';
import { watchedOf } from './watched.ts';

export interface LogRun extends LogFlags {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly channel?: string;
  readonly unit?: string;
  /** Where open cases are left: a day, or an instant. The last instant of the log, where left out. */
  readonly until?: string;
  /** The first so many cases of the log. */
  readonly limit?: number;
  readonly now: Instant;
}

/** The outcome of a run, besides the cases themselves, which are handed out one by one. */
export interface LogSummary extends Tally {
  readonly procedure: { readonly id: string; readonly version: number };
  readonly calendar: { readonly id: string; readonly version: string };
  readonly until: Instant;
  /** What each column, or thing that happened, stood for. */
  readonly map: Readonly<Record<string, string>>;
  /** What the log could not tell and was filled in. */
  readonly filled: Readonly<Record<string, string>>;
  /** Duties that no mapped action meets: not judged. */
  readonly unseen: readonly string[];
  /** What happened that no action stands for, and how often. */
  readonly outside: Readonly<Record<string, number>>;
  /** Rows of the log that were read. */
  readonly rows: number;
  readonly seconds: number;
}

/** Runs cases in their order and hands each outcome on in that order; what cannot be judged is only passed on. */
export type Runner = (rules: Rules, cases: AsyncIterable<LogCase | NotJudged>) => AsyncIterable<Walked>;

/**
 * Runs a log under a procedure with the core or the engine, one case after the
 * other; memory does not grow with the number of cases.
 * @throws LogError when the file or the flags do not fit
 */
export async function runLog(file: string, run: LogRun, runner: Runner, each: (verdict: CaseVerdict, done: number) => void): Promise<LogSummary> {
  const began = performance.now();
  const { procedure, calendar, now } = run;
  const log = await openLog(file, run, procedure, calendar);
  const rules = { ...rulesOf(run, log), until: await untilOf(log, run) };
  const tally = emptyTally();
  const bounds = { now, until: rules.until };
  for await (const { verdict, dirt } of runner(rules, first(run.limit ?? Infinity, log.cases(bounds)))) {
    count(tally, verdict, dirt, rules.until);
    if (verdict) each(verdict, tally.cases);
  }
  return {
    procedure: { id: procedure.id, version: procedure.version },
    calendar: { id: calendar.id, version: calendar.version },
    until: rules.until,
    ...tally,
    map: Object.fromEntries(log.reading.sources.flatMap((s) => s.actions.map((a) => [a, s.name] as const))),
    filled: log.filled,
    unseen: rules.watched.unseen,
    outside: Object.fromEntries(log.read.outside),
    rows: log.read.rows,
    seconds: Math.round((performance.now() - began) / 10) / 100,
  };
}

/** So many cases that can be judged, and what lies between them that cannot. */
async function* first(limit: number, cases: ReturnType<Log['cases']>): AsyncGenerator<LogCase | NotJudged> {
  let left = limit;
  for await (const c of cases) {
    if (c.judged) left -= 1;
    yield c;
    if (left <= 0) return;
  }
}

function rulesOf({ procedure, calendar, channel, unit }: LogRun, log: Log): Omit<Rules, 'until'> {
  const chosen = channel ?? Object.keys(procedure.channels)[0] ?? '';
  if (!Object.hasOwn(procedure.channels, chosen)) {
    const all = Object.keys(procedure.channels).join(', ');
    throw new LogError('--channel', `程序没有“${chosen}”这一渠道；有：${all}。`, `The procedure has no channel "${chosen}"; it has ${all}.`);
  }
  const watched = watchedOf(procedure, new Set(log.reading.sources.flatMap((s) => s.actions)));
  if (watched.judged.size === 0)
    throw new LogError('--map', '所列操作不能完成任何义务，没有可评判的内容。', 'None of the mapped actions meets a duty, so there is nothing to judge.');
  return { procedure, calendar, watched, channel: chosen, unit: unit ?? 'log' };
}

async function untilOf(log: Log, { until, calendar, now }: LogRun): Promise<Instant> {
  if (until === undefined) return (await lastInstant(log, now)) ?? now;
  const at = readMoment(calendar, until, 'end');
  if (at === undefined) {
    const today = dayOf(localDay(calendar, now));
    throw new LogError('--until', `没有“${until}”这个时间；请写成 ${today}。`, `There is no such time as "${until}"; write it as ${today}.`);
  }
  return at;
}
