import { DAY_MS, Day, type Instant, instantOf, msOf } from '../core/instant.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What a clock in a zone shows, as milliseconds since 1970 were it UTC. */
function wallOf(zone: string, ms: number): number {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The local day of an instant. */
export const dayIn = (zone: string, at: Instant): Day => Day.parse(new Date(wallOf(zone, msOf(at))).toISOString().slice(0, 10));

/** The local time of an instant, to the minute. */
export const timeIn = (zone: string, at: Instant): string => new Date(wallOf(zone, msOf(at))).toISOString().slice(0, 16).replace('T', ' ');

/** The first instant of a local day; where a clock skips midnight, the first there is. */
export function startOf(zone: string, day: Day): Instant {
  const wall = Date.parse(day);
  // The offset before and after: a day on which the clocks change has two.
  const found = [-DAY_MS, DAY_MS].map((away) => wall - (wallOf(zone, wall + away) - (wall + away)));
  const fits = found.filter((ms) => dayIn(zone, instantOf(ms)) === day).toSorted((a, b) => a - b);
  return instantOf(fits[0] ?? wall);
}
