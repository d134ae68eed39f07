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

export function instantOf(ms: number): Instant {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is a promise about the format, and toISOString() keeps it
  return new Date(ms).toISOString() as Instant;
}

/** Days since 1970-01-01 of a day: the arithmetic of law works on these, never on multiples of 24 hours of an instant. */
export const numberOf = (day: Day): number => Date.parse(day) / DAY_MS;

export function dayOf(number: number): Day {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return new Date(number * DAY_MS).toISOString().slice(0, 10) as Day;
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
