import { DAY_MS, instantOf, MINUTE } from '../../core/instant.ts';
import type { Calendar } from '../../core/calendar.ts';

/**
 * What the clocks of a zone show, taken from the time zone data of Node. The
 * first entry is the last change before `fromYear`, however long ago.
 */
export function offsets(zone: string, fromYear: number, toYear: number): Calendar['offsets'] {
  const read = reader(zone);
  const found: Calendar['offsets'] = [];
  const start = Date.UTC(1970, 0, 1);
  found.push({ from: instantOf(start), minutes: read(start) });
  for (let at = start; at < Date.UTC(toYear + 1, 0, 1); at += DAY_MS)
    if (read(at) !== read(at + DAY_MS)) {
      const change = bisect(read, at, at + DAY_MS);
      found.push({ from: instantOf(change), minutes: read(change) });
    }
  const first = found.findLastIndex((o) => o.from < instantOf(Date.UTC(fromYear, 0, 1)));
  return found.slice(Math.max(0, first));
}

/** Minutes ahead of UTC at a moment, read off the zone's wall clock. */
function reader(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (ms) => {
    const name = format.formatToParts(ms).find((p) => p.type === 'timeZoneName')?.value ?? '';
    const m = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name);
    if (!m) throw new Error(`cannot read the offset "${name}" of ${zone}`);
    return m[1] === undefined ? 0 : (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]));
  };
}

/** The first minute at which the offset is no longer what it was at `low`. */
function bisect(read: (ms: number) => number, low: number, high: number): number {
  const before = read(low);
  let [a, b] = [low, high];
  while (b - a > MINUTE) {
    const middle = a + Math.floor((b - a) / (2 * MINUTE)) * MINUTE;
    if (read(middle) === before) a = middle;
    else b = middle;
  }
  return b;
}
