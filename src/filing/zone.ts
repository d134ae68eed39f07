import { DAY_MS, type Day, dayOf, type Instant, instantOf, msOf, numberOf } from '../core/instant.ts';
import { clocksOf } from '../people/zone.ts';

/** The local day of an instant. */
export const dayIn = (zone: string, at: Instant): Day => dayOf(clocksOf(zone).dayAt(msOf(at)));

/** The local time of an instant, to the minute. */
export function timeIn(zone: string, at: Instant): string {
  const [clocks, ms] = [clocksOf(zone), msOf(at)];
  return `${dayIn(zone, at)} ${new Date((ms + clocks.offsetAt(ms)) % DAY_MS).toISOString().slice(11, 16)}`;
}

/** The first instant of a local day; where a clock skips midnight, the first there is. */
export const startOf = (zone: string, day: Day): Instant => instantOf(clocksOf(zone).momentAt(numberOf(day), 0));
