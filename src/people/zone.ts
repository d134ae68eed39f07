import { DAY_MS, MINUTE } from '../core/instant.ts';

/** What the clocks of a time zone show, by the time zone data of Node. */
export interface Clocks {
  readonly zone: string;
  /** Milliseconds that the clocks are ahead of UTC at a moment. */
  offsetAt(ms: number): number;
  /** The number of the local day in which a moment lies. */
  dayAt(ms: number): number;
  /** The first moment at which the clocks show at least so many minutes of a day: never back in time as these grow. */
  momentAt(day: number, minutes: number): number;
}

// A pure memo: what a zone's clocks show at a moment does not change while the process runs.
const known = new Map<string, Clocks>();

/** @throws RangeError where there is no such zone */
export function clocksOf(zone: string): Clocks {
  let clocks = known.get(zone);
  if (!clocks) known.set(zone, (clocks = made(zone)));
  return clocks;
}

function made(zone: string): Clocks {
  const offset = offsets(zone);
  return {
    zone,
    offsetAt: offset,
    dayAt: (ms) => Math.floor((ms + offset(ms)) / DAY_MS),
    momentAt(day, minutes) {
      const local = day * DAY_MS + minutes * MINUTE;
      const [before, after] = [offset(local - DAY_MS), offset(local + DAY_MS)];
      if (before === after) return local - before;
      const change = firstAt(local - DAY_MS, local + DAY_MS, (ms) => offset(ms) !== before);
      // An hour that the clocks skip is all the moment of the change; of an hour that comes twice, the first counts.
      return local - before < change ? local - before : Math.max(change, local - after);
    },
  };
}

/** Days of which the offset at the beginning is remembered, for each zone. */
const MOST_DAYS = 20_000;

/** Milliseconds that a zone's clocks are ahead of UTC. */
function offsets(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const read = (ms: number): number => {
    const name = format.formatToParts(ms).find((p) => p.type === 'timeZoneName')?.value ?? '';
    const m = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name);
    if (!m) throw new RangeError(`cannot read the offset "${name}" of ${zone}`);
    const seconds = Number(m[2] ?? 0) * 3600 + Number(m[3] ?? 0) * 60 + Number(m[4] ?? 0);
    return (m[1] === '-' ? -1 : 1) * seconds * 1000;
  };
  const atMidnight = new Map<number, number>();
  const midnight = (day: number): number => {
    let found = atMidnight.get(day);
    if (found === undefined) {
      if (atMidnight.size >= MOST_DAYS) atMidnight.clear();
      atMidnight.set(day, (found = read(day * DAY_MS)));
    }
    return found;
  };
  return (ms) => {
    const day = Math.floor(ms / DAY_MS);
    const [before, after] = [midnight(day), midnight(day + 1)];
    return before === after ? before : read(ms);
  };
}

/** The first whole millisecond after `low` at which something is so that then stays so. */
function firstAt(low: number, high: number, isSo: (ms: number) => boolean): number {
  let [a, b] = [low, high];
  while (b - a > 1) {
    const middle = Math.floor((a + b) / 2);
    if (isSo(middle)) b = middle;
    else a = middle;
  }
  return b;
}
