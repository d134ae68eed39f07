import { z } from 'zod';
import { type Calendar, isWorking, localDay, localMinutes, minutesOf, momentOf, nearestWorking, opening, TimeOfDay } from './calendar.ts';
import { type Instant, instantOf } from './instant.ts';

/** When an institution's people may be disturbed. Left out, at any time. */
export const Hours = z.strictObject({
  /** Nothing but what is counted in minutes or hours goes out between these times of day: `["22:00", "07:00"]`. */
  quiet: z.tuple([TimeOfDay, TimeOfDay]).optional(),
  /** What time alone has brought, a reminder or an overdue duty, waits for the office to open. */
  workingHours: z.boolean().default(false),
});
export type Hours = z.infer<typeof Hours>;

/** What decides whether a notice waits. */
export interface Wait {
  /** Counted in minutes or hours: never waits. */
  readonly urgent: boolean;
  /** Whether time alone brought it, and nobody is there who has just done something. */
  readonly byTime: boolean;
}

/** When a notice of `at` may go out: `at` itself, or the end of the quiet hours, or the next opening of the office. */
export function tellAt(calendar: Calendar, hours: Hours | undefined, at: Instant, { urgent, byTime }: Wait): Instant {
  if (!hours || urgent) return at;
  return hours.workingHours && byTime ? officeOpen(calendar, at) : afterQuiet(calendar, hours.quiet, at);
}

function officeOpen(calendar: Calendar, at: Instant): Instant {
  const [day, minutes] = [localDay(calendar, at), localMinutes(calendar, at)];
  const closes = minutesOf(calendar.hours.at(-1)?.[1] ?? '24:00');
  if (!isWorking(calendar, day) || minutes >= closes) return opening(calendar, nearestWorking(calendar, isWorking(calendar, day) ? day + 1 : day, 1));
  const opens = opening(calendar, day);
  return opens > at ? opens : at;
}

function afterQuiet(calendar: Calendar, quiet: Hours['quiet'], at: Instant): Instant {
  if (!quiet) return at;
  const [from, to] = [minutesOf(quiet[0]), minutesOf(quiet[1])];
  const [day, minutes] = [localDay(calendar, at), localMinutes(calendar, at)];
  const within = from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  if (!within) return at;
  return instantOf(momentOf(calendar, from > to && minutes >= from ? day + 1 : day, to));
}
