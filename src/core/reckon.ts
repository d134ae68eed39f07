import {
  type Calendar, closeOfBusiness, dayKind, endOfDay, isWorking, localDay, localMinutes, minutesOf, momentOf,
  nearestWorking,
} from './calendar.ts';
import type { Due } from './due.ts';
import { type Duration, inDays, type Unit } from './duration.ts';
import { addMonths, type Day, dayOf, HOUR, type Instant, instantOf, MINUTE, msOf, numberOf } from './instant.ts';
import type { Limit } from './limit.ts';
import * as say from './reckon-text.ts';
import type { Step } from './steps.ts';

/** A stretch of time that does not count toward a limit. */
export interface Stop {
  readonly from: Instant;
  readonly to: Instant;
  /** `whole`: the first and last day of the stop are left out too, as in FOIA s.10(2). Else only the time between. */
  readonly days: 'between' | 'whole';
}

export interface Reckoning {
  readonly calendar: Calendar;
  readonly limit: Limit;
  /** Used where the limit leaves it open. */
  readonly lastDayIfSilent: 'stays' | 'rolls';
  readonly origin: Instant;
  /** Set where the limit takes its day from a field of the action. */
  readonly fixed?: Day | undefined;
  /** How many times over the count was set. */
  readonly multiple?: number | undefined;
  /** Added by extensions, in the limit's own unit. */
  readonly extra?: number;
  readonly stops?: readonly Stop[];
}

/**
 * Counts a limit on the calendar. Pure, and the only place that does: `trace`,
 * where given, collects each step in words, so what is explained is what was
 * counted.
 */
export function reckon(r: Reckoning, trace?: Step[]): Due {
  trace?.push(say.start(r.calendar, r.origin));
  if (r.fixed !== undefined) return onDay(r, settle(r, numberOf(r.fixed), trace, say.fixed(r.fixed)), trace);
  const count = countAt(r, trace);
  return inDays(count.unit) ? onDay(r, lastDay(r, count, trace), trace) : atMoment(r, count, trace);
}

/** The count that holds for the start, which may differ by night. */
function countAt(r: Reckoning, trace?: Step[]): Duration {
  const { count, night } = r.limit;
  if (count === undefined) throw new Error('a limit that takes its day from a field was counted without that day');
  if (!night) return times(r, count, trace);
  const at = localMinutes(r.calendar, r.origin);
  const [from, to] = [minutesOf(night.from), minutesOf(night.to)];
  const byNight = from <= to ? at >= from && at < to : at >= from || at < to;
  trace?.push(say.dayOrNight(byNight, night, byNight ? night.count : count));
  return times(r, byNight ? night.count : count, trace);
}

function times({ multiple }: Reckoning, count: Duration, trace?: Step[]): Duration {
  if (multiple === undefined) return count;
  const whole = { ...count, amount: count.amount * multiple };
  trace?.push(say.times(count, multiple, whole));
  return whole;
}

function lastDay(r: Reckoning, count: Duration, trace?: Step[]): number {
  const first = localDay(r.calendar, r.origin);
  const included = r.limit.firstDay === 'included';
  trace?.push(say.firstDay(first, included));
  let at = included ? first - 1 : first;
  let left = count.amount + (r.extra ?? 0);
  if (r.extra) trace?.push(say.extended(r.extra, count.unit));
  if (count.unit === 'months') {
    // Where the first day is counted, what begins on the first of a month fills it to its last day.
    const end = Math.max(addMonths(at, left), included ? addMonths(first, left) - 1 : 0);
    trace?.push(say.months(left, included ? first : at, end, included));
    const hidden = pausedDays(r, end);
    return settle(r, end + hidden, trace, hidden > 0 ? say.hidden(hidden, end + hidden) : undefined);
  }
  for (const stop of r.stops ?? []) {
    // A limit that has run out cannot be stopped any more, as when its start is found to have been earlier.
    if (stop.from > endOf(r, settle(r, addDays(r.calendar, count.unit, at, left)))) break;
    const from = localDay(r.calendar, stop.from) - (stop.days === 'whole' ? 1 : 0);
    const to = localDay(r.calendar, stop.to);
    // A stop that began before the start, or lies within the one before, hides no time twice.
    const used = Math.min(left, daysBetween(r.calendar, count.unit, at, Math.max(at, from)));
    trace?.push(...say.counted(r.calendar, count.unit, at, used), say.stopped(stop, r.calendar, left - used, count.unit));
    left -= used;
    at = Math.max(at, to);
  }
  const end = addDays(r.calendar, count.unit, at, left);
  trace?.push(...say.counted(r.calendar, count.unit, at, left));
  return settle(r, end, trace);
}

/** Calendar days hidden by stops, for limits in months, which have no remainder to freeze. */
function pausedDays(r: Reckoning, end: number): number {
  let hidden = 0;
  let at = localDay(r.calendar, r.origin);
  for (const stop of r.stops ?? []) {
    if (stop.from > endOf(r, settle(r, end + hidden))) break;
    const from = Math.max(at, localDay(r.calendar, stop.from) - (stop.days === 'whole' ? 1 : 0));
    const to = localDay(r.calendar, stop.to);
    hidden += Math.max(0, to - from);
    at = Math.max(at, to);
  }
  return hidden;
}

/** Applies the rule for a last day that is a day of rest. */
function settle(r: Reckoning, day: number, trace?: Step[], extra?: Step): number {
  if (extra) trace?.push(extra);
  const rule = r.limit.lastDay ?? r.lastDayIfSilent;
  const rest = !isWorking(r.calendar, day);
  const end = rule === 'rolls' && rest ? nearestWorking(r.calendar, day, 1) : day;
  if (rest) trace?.push(say.lastDay(r.calendar, day, end, rule, r.limit.lastDay === undefined));
  return end;
}

/** The last instant of a last day. */
function endOf({ calendar, limit: { ends } }: Reckoning, day: number): Instant {
  if (ends === 'end-of-day' || ends === '24:00') return endOfDay(calendar, day);
  if (ends === 'close-of-business') return closeOfBusiness(calendar, day);
  return instantOf(momentOf(calendar, day, minutesOf(ends)));
}

function onDay(r: Reckoning, day: number, trace?: Step[]): Due {
  const dueAt = endOf(r, day);
  const working = nearestWorking(r.calendar, day, -1);
  const tooEarly = working < localDay(r.calendar, r.origin);
  const actBy = tooEarly ? day : working;
  if (working !== day) trace?.push(say.actBy(r.calendar, day, actBy, tooEarly));
  trace?.push(say.dueAt(r.calendar, dueAt, r.limit.ends));
  return { dueDate: dayOf(day), actBy: dayOf(actBy), dueAt, provisional: provisional(r.calendar, day, trace) };
}

function atMoment(r: Reckoning, count: Duration, trace?: Step[]): Due {
  const unit = count.unit === 'minutes' ? MINUTE : HOUR;
  let at = msOf(r.origin);
  let left = (count.amount + (r.extra ?? 0)) * unit;
  if (r.extra) trace?.push(say.extended(r.extra, count.unit));
  const run = (from: number, ms: number): number => (count.unit === 'minutes' ? from + ms : addWorkingTime(r.calendar, from, ms));
  for (const stop of r.stops ?? []) {
    if (msOf(stop.from) > run(at, left)) break;
    const used = Math.min(left, elapsed(r.calendar, count.unit, at, Math.max(at, msOf(stop.from))));
    left -= used;
    at = Math.max(at, msOf(stop.to));
    trace?.push(say.stoppedAt(stop, r.calendar, left / unit, count.unit));
  }
  const dueAt = instantOf(run(at, left));
  const day = localDay(r.calendar, dueAt);
  trace?.push(say.run(r.calendar, count, dueAt));
  return { dueDate: dayOf(day), actBy: dayOf(day), dueAt, provisional: provisional(r.calendar, day, trace) };
}

function provisional(calendar: Calendar, day: number, trace?: Step[]): boolean {
  const beyond = day > numberOf(calendar.announcedThrough);
  if (beyond) trace?.push(say.provisional(calendar));
  return beyond;
}

/** The day that ends `n` days of a unit after a day; a last working day of none left is the next one people work. */
export function addDays(calendar: Calendar, unit: Unit, day: number, n: number): number {
  if (unit === 'calendar-days') return day + n;
  if (unit === 'months') return addMonths(day, n);
  let d = day;
  for (let left = n; left > 0; ) {
    d += 1;
    if (isWorking(calendar, d)) left -= 1;
  }
  return nearestWorking(calendar, d, 1);
}

/** Days of a unit in (from, to]. */
function daysBetween(calendar: Calendar, unit: Unit, from: number, to: number): number {
  if (unit === 'calendar-days') return to - from;
  let n = 0;
  for (let d = from + 1; d <= to; d += 1) if (dayKind(calendar, d).working) n += 1;
  return n;
}

/** Office hours of a day, as milliseconds since 1970; none on a day of rest. */
function shifts(calendar: Calendar, day: number): [number, number][] {
  if (!isWorking(calendar, day)) return [];
  return calendar.hours.map(([from, to]) => [
    momentOf(calendar, day, minutesOf(from)),
    momentOf(calendar, day, minutesOf(to)),
  ]);
}

function elapsed(calendar: Calendar, unit: Unit, from: number, to: number): number {
  if (unit === 'minutes') return to - from;
  let sum = 0;
  const last = localDay(calendar, instantOf(to));
  for (let d = localDay(calendar, instantOf(from)); d <= last; d += 1)
    for (const [open, close] of shifts(calendar, d)) sum += Math.max(0, Math.min(to, close) - Math.max(from, open));
  return sum;
}

function addWorkingTime(calendar: Calendar, from: number, ms: number): number {
  let left = ms;
  for (let d = localDay(calendar, instantOf(from)); ; d += 1)
    for (const [open, close] of shifts(calendar, d)) {
      const start = Math.max(from, open);
      if (start >= close) continue;
      if (close - start >= left) return start + left;
      left -= close - start;
    }
}
