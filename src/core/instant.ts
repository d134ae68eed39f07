import { z } from 'zod';

/** A day of the calendar, YYYY-MM-DD, in the zone of the calendar it is used with. */
export const Day = z.string().refine(isDay, 'not a day that exists; write YYYY-MM-DD').brand('Day');
export type Day = z.infer<typeof Day>;

/**
 * A moment, in UTC with milliseconds and `Z`. Always these 24 characters, so
 * that comparing two instants as text compares them in time.
 */
export const Instant = z
  .string()
  .refine((s) => INSTANT.test(s) && isDay(s.slice(0, 10)), 'not an instant; write YYYY-MM-DDTHH:MM:SS.mmmZ')
  .brand('Instant');
export type Instant = z.infer<typeof Instant>;

const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY_MS = 24 * HOUR;

function isDay(s: string): boolean {
  // Beyond these years nothing is a date of a case, and four digits would no longer order as text.
  if (!/^(19|2\d)\d\d-\d\d-\d\d$/.test(s)) return false;
  const ms = Date.parse(`${s}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(s);
}

/** Milliseconds since 1970 of an instant. */
export const msOf = (at: Instant): number => Date.parse(at);

/** The instant of a number of milliseconds since 1970; fractions are cut off. Throws outside the years 0000 to 9999. */
export function instantOf(ms: number): Instant {
  const day = Math.floor(ms / DAY_MS);
  const rest = Math.trunc(ms - day * DAY_MS);
  const time = `${two(rest / HOUR)}:${two((rest / MINUTE) % 60)}:${two((rest / SECOND) % 60)}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is a promise about the format, which is kept here
  return `${dayOf(day)}T${time}.${String(rest % SECOND).padStart(3, '0')}Z` as Instant;
}

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const two = (n: number): string => TWO[Math.trunc(n)] ?? '';

/** Days since 1970-01-01 of a day: the arithmetic of law works on these, never on multiples of 24 hours of an instant. */
export const numberOf = (day: Day): number => Date.parse(day) / DAY_MS;

// A pure memo: a back-test writes the same few thousand days millions of times.
const days = new Map<number, Day>();
const MOST_DAYS = 50_000;

/** The day with a number. Throws outside the years 0000 to 9999, where days would no longer order as text. */
export function dayOf(number: number): Day {
  const known = days.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * DAY_MS).toISOString();
  if (text.length !== 24) throw new RangeError(`no day ${number}`);
  if (days.size >= MOST_DAYS) days.clear();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  const day = text.slice(0, 10) as Day;
  days.set(number, day);
  return day;
}

/** ISO weekday of a day number: 1 Monday … 7 Sunday. */
export const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;

/** Adds months as Art. 202 of the Civil Code does: the same-numbered day, or the last day of a month that lacks it. */
export function addMonths(number: number, months: number): number {
  const d = new Date(number * DAY_MS);
  const first = Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + months, 1);
  const next = new Date(first);
  const length = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  return first / DAY_MS + Math.min(d.getUTCDate(), length) - 1;
}
