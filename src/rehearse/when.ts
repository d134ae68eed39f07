import {
  type Calendar, dayOf, endOfDay, HOUR, type Instant, instantOf, localDay, MINUTE, momentOf, readMoment,
} from '../core/index.ts';

const DAY_NUMBER = /^day (\d{1,4})(?: ([01]\d|2[0-3]):([0-5]\d))?$/;
const BARE_DAY = /^\d{4}-\d\d-\d\d$/;
const NOON = 12 * HOUR;

/**
 * A time in a scenario: a day, a time in the calendar's zone, an instant, or
 * `day 12` and `day 12 15:30`, counted from the day of receipt, which is day 0.
 * A day alone is its noon for a step and its end for `until`: a step at noon
 * lies at neither edge of a legal day.
 */
export function readWhen(calendar: Calendar, receivedAt: Instant, text: string, bareDay: 'noon' | 'end'): Instant | undefined {
  const raw = text.trim();
  const numbered = DAY_NUMBER.exec(raw);
  if (!numbered && !BARE_DAY.test(raw)) return readMoment(calendar, raw, 'start');
  const start = numbered ? undefined : readMoment(calendar, raw, 'start');
  if (!numbered && start === undefined) return undefined;
  const day = start === undefined ? localDay(calendar, receivedAt) + Number(numbered?.[1]) : localDay(calendar, start);
  if (numbered?.[2] !== undefined) return instantOf(momentOf(calendar, day, Number(numbered[2]) * 60 + Number(numbered[3])));
  return bareDay === 'end' ? endOfDay(calendar, day) : instantOf(momentOf(calendar, day, NOON / MINUTE));
}

/** The number of the day of an instant, the day of receipt being 0. */
export const dayNumber = (calendar: Calendar, receivedAt: Instant, at: Instant): number =>
  localDay(calendar, at) - localDay(calendar, receivedAt);

/** The local day of an instant, as YYYY-MM-DD. */
export const dayAt = (calendar: Calendar, at: Instant): string => dayOf(localDay(calendar, at));
