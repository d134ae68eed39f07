import { type Calendar, endOfDay, type Instant, instantOf, localDay, MINUTE, msOf, type Procedure, readMoment } from '../core/index.ts';
import type { LogCase, LogStep, NotJudged, RawCase, RawStep } from './cases.ts';
import { type Dirt, dirt } from './dirt.ts';
import { type Filler, fillerOf } from './fill.ts';
import { rawCases, type Read } from './raw.ts';
import { type LogFlags, type Reading, readingOf, RECEIVED } from './reading.ts';
import { headerOf } from './rows.ts';

/** A log of real cases, mapped to the actions of a procedure. */
export interface Log {
  readonly reading: Reading;
  readonly filled: Filler['filled'];
  /** What the last reading of the cases has come to. */
  readonly read: Readonly<Read>;
  /** Times after this are taken for mistakes. */
  cases(bounds: Bounds): AsyncGenerator<LogCase | NotJudged>;
}

export interface Bounds {
  /** The present: no log tells of what is still to come. */
  readonly now: Instant;
  /** The end of the run; steps after it are left out. */
  readonly until?: Instant | undefined;
}

/** @throws LogError when the file cannot be read, or flags do not fit it */
export async function openLog(file: string, flags: LogFlags, procedure: Procedure, calendar: Calendar): Promise<Log> {
  const reading = readingOf(await headerOf(file), flags, procedure);
  const filler = fillerOf(reading, procedure, calendar);
  const read: Read = { rows: 0, outside: new Map() };
  const caseOf = reader(procedure, calendar, filler);
  return {
    reading,
    filled: filler.filled,
    read,
    async *cases(bounds) {
      read.rows = 0;
      read.outside.clear();
      for await (const raw of rawCases(file, reading, read))
        yield 'code' in raw ? { judged: false, id: raw.id ?? '', row: raw.row, dirt: [raw] } : caseOf(raw, bounds);
    },
  };
}

/** The last instant that a log tells of: where its open cases are left. Undefined where it has no case. */
export async function lastInstant(log: Log, now: Instant): Promise<Instant | undefined> {
  let last: Instant | undefined;
  for await (const c of log.cases({ now })) {
    if (!c.judged) continue;
    const end = c.steps.at(-1)?.at ?? c.receivedAt;
    if (last === undefined || end > last) last = end;
  }
  return last;
}

interface Timed extends RawStep {
  readonly at: Instant;
}

const BARE_DAY = /^\d{4}-\d\d-\d\d$/;

function reader(procedure: Procedure, calendar: Calendar, filler: Filler) {
  const order = new Map(Object.keys(procedure.actions).map((a, i) => [a, i]));
  const before = (a: LogStep, b: LogStep): number => byTime(a, b) || (order.get(a.action) ?? 0) - (order.get(b.action) ?? 0);

  /** A case as it can be run, or the first reason why it cannot. */
  return function caseOf(raw: RawCase, bounds: Bounds): LogCase | NotJudged {
    const { id, row } = raw;
    const found: Dirt[] = [...raw.dirt];
    const skip = (d: Dirt): NotJudged => ({ judged: false, id, row, dirt: [...found, d] });
    const timed: Timed[] = [];
    for (const s of raw.steps) {
      const at = timeOf(s, id, bounds);
      if (typeof at !== 'string') return skip(at);
      timed.push({ ...s, at });
    }
    const [receipt, ...again] = timed.filter((s) => s.actions.includes(RECEIVED)).toSorted(byTime);
    if (!receipt) return skip(dirt.noReceipt(row, id, id));
    for (const s of again) found.push(dirt.receivedAgain(s.row, id, s.name, s.text));
    if (after(receipt.at, bounds.until)) return skip(dirt.afterUntil(receipt.row, id, receipt.name, receipt.text));
    const steps: LogStep[] = [];
    const days = new Map<string, string>();
    for (const s of timed) {
      if (again.includes(s)) continue;
      if (s.at < receipt.at) return skip(dirt.beforeReceipt(s.row, id, s.name, s.text));
      if (after(s.at, bounds.until)) found.push(dirt.afterUntil(s.row, id, s.name, s.text));
      else {
        found.push(...doubts(s, receipt, days, id));
        steps.push(...stepsOf(s));
      }
    }
    return { judged: true, id, row, receivedAt: receipt.at, fields: filler.fields(RECEIVED, receipt.cells), steps: steps.toSorted(before), dirt: found };
  };

  function timeOf({ row, name, actions, text }: RawStep, id: string, { now, until }: Bounds): Instant | Dirt {
    const begun = readMoment(calendar, text, 'start');
    if (begun === undefined) return dirt.badDate(row, id, name, text);
    if (begun > now && (until === undefined || begun > until)) return dirt.future(row, id, name, text);
    return actions.includes(RECEIVED) || !BARE_DAY.test(text) ? begun : lastMinute(begun);
  }

  /**
   * Of a day, for a step: late enough to be judged by the day, and a minute
   * before its end, so that on the engine, whose clock runs on while the step
   * is told, a right that ends with the day has not lapsed meanwhile.
   */
  function lastMinute(day: Instant): Instant {
    return instantOf(msOf(endOfDay(calendar, localDay(calendar, day))) + 1 - MINUTE);
  }

  function stepsOf({ row, at, cells, actions }: Timed): LogStep[] {
    return actions.filter((action) => action !== RECEIVED).map((action) => {
      const person = filler.person(action);
      const role = procedure.actions[action]?.by[0] ?? action;
      return { row, action, at, by: { role, ...(person === undefined ? {} : { person }) }, fields: filler.fields(action, cells) };
    });
  }
}

const byTime = (a: { at: Instant }, b: { at: Instant }): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

const after = (at: Instant, until: Instant | undefined): boolean => until !== undefined && at > until;

/** What is odd about the time of a step, though it may be right. */
function doubts(s: Timed, receipt: Timed, days: Map<string, string>, id: string): Dirt[] {
  if (s === receipt) return [];
  if (!BARE_DAY.test(s.text)) return msOf(s.at) - msOf(receipt.at) <= MINUTE && !BARE_DAY.test(receipt.text) ? [dirt.withinAMinute(s.row, id, s.name)] : [];
  const other = days.get(s.text);
  days.set(s.text, s.name);
  return other === undefined ? [] : [dirt.sameDay(s.row, id, s.name)];
}
