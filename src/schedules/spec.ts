import type { CalendarSpec, ScheduleSpec } from '@temporalio/client';
import { DAY_MS, dayOf, instantOf, weekdayOf } from '../core/instant.ts';
import { localOf } from '../people/moment.ts';
import { clocksOf } from '../people/zone.ts';
import { type Schedule, type ScheduledOpening, WEEKDAYS } from './schedule.ts';

type Days = Omit<CalendarSpec, 'hour' | 'minute'>;
type Month = NonNullable<Exclude<CalendarSpec['month'], '*' | readonly unknown[]>>;

const NAMES = ['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const;
const WEEK = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** Month `n`, from 1. */
const month = (n: number): Month => NAMES[n - 1] ?? 'JANUARY';
const months = (...numbers: number[]): Month[] => numbers.map(month);

/** The last days of months, as the engine can say them; the years without a 29 February are those that no leap year is, to 2099. */
const LONG = [1, 3, 5, 7, 8, 10, 12];
const SHORT = [4, 6, 9, 11];
const COMMON_YEARS = [2025, 2026, 2027].map((start) => ({ start, end: 2099, step: 4 }));

function lastDays(of: readonly number[]): Days[] {
  const among = (numbers: readonly number[]): number[] => numbers.filter((n) => of.includes(n));
  return [
    { dayOfMonth: 31, month: months(...among(LONG)) },
    { dayOfMonth: 30, month: months(...among(SHORT)) },
    ...(of.includes(2) ? [{ dayOfMonth: 29, month: month(2) }, { dayOfMonth: 28, month: month(2), year: COMMON_YEARS }] : []),
  ].filter(({ month: m }) => !Array.isArray(m) || m.length > 0);
}

function daysOf({ every, on }: Schedule): Days[] {
  const dayOfMonth = Number(on);
  switch (every) {
    case 'day':
      return [{}];
    case 'week':
      return [{ dayOfWeek: WEEK[WEEKDAYS.findIndex((name) => name === on)] ?? 'MONDAY' }];
    case 'month':
      return on === 'last' ? lastDays(NAMES.map((_, i) => i + 1)) : [{ dayOfMonth }];
    case 'quarter':
      return on === 'last' ? lastDays([3, 6, 9, 12]) : [{ dayOfMonth, month: months(1, 4, 7, 10) }];
    case 'year': {
      const [m = 12, d = 31] = on === 'last' ? [] : String(on).split('-').map(Number);
      return [{ dayOfMonth: d, month: month(m) }];
    }
  }
}

/** Whether a case is opened on a day, by its number. */
export function isOn({ every, on }: Schedule, day: number): boolean {
  const [date, next] = [dayOf(day), dayOf(day + 1)];
  const [m, d] = [Number(date.slice(5, 7)), Number(date.slice(8))];
  const last = next.endsWith('-01');
  switch (every) {
    case 'day':
      return true;
    case 'week':
      return WEEKDAYS[weekdayOf(day) - 1] === on;
    case 'month':
      return on === 'last' ? last : d === on;
    case 'quarter':
      return on === 'last' ? last && m % 3 === 0 : d === on && m % 3 === 1;
    case 'year':
      return on === 'last' ? date.endsWith('12-31') : date.endsWith(`-${String(on)}`);
  }
}

const YEARS_AHEAD = 10;

/**
 * The days of the years to come on which the clocks skip the time of a schedule, each with the time at which they stand
 * right after. The engine takes clock times literally and would let such a day pass without its case.
 * @param from a moment in the first of those years
 */
export function skippedTimes(schedule: Schedule, zone: string, from: number): string[] {
  const clocks = clocksOf(zone);
  const [hour = 0, minute = 0] = schedule.at.split(':').map(Number);
  const year = new Date(from).getUTCFullYear();
  const [first, end] = [Date.UTC(year, 0, 1) / DAY_MS, Date.UTC(year + YEARS_AHEAD, 0, 1) / DAY_MS];
  const found: string[] = [];
  for (let day = first; day < end; day += 1) {
    if (!isOn(schedule, day)) continue;
    const { day: date, time } = localOf(instantOf(clocks.momentAt(day, hour * 60 + minute)), zone);
    if (time !== schedule.at) found.push(`${date}T${time}`);
  }
  return found;
}

/** When the engine is to open the cases. Of a clock time that comes twice in a night both count, and the second finds the case of the first. */
export function specOf(opening: ScheduledOpening): ScheduleSpec {
  const [hour = 0, minute = 0] = opening.at.split(':').map(Number);
  const instead = opening.skipped.map((time): CalendarSpec => {
    const [year = 0, m = 1, dayOfMonth = 1, h = 0, min = 0] = time.split(/[-T:]/).map(Number);
    return { year, month: month(m), dayOfMonth, hour: h, minute: min };
  });
  return { timezone: opening.zone, calendars: [...daysOf(opening).map((days) => ({ ...days, hour, minute })), ...instead] };
}
