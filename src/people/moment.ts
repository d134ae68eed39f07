import { DAY_MS, Day, dayOf, type Instant, instantOf, MINUTE, msOf, numberOf } from '../core/instant.ts';
import { clocksOf } from './zone.ts';

const LOCAL = /^(\d{4}-\d\d-\d\d)[ T]([01]\d|2[0-3]):([0-5]\d)$/;
const ZONED = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** A stretch of time as people write it: a whole day, or a moment, which is as long as nothing. */
export interface When {
  readonly from: Instant;
  readonly to: Instant;
}

/** Reads a day, a time on the clocks of a zone, or an instant with its own zone. Undefined where no such time exists. */
export function readWhen(text: string, zone: string): When | undefined {
  const raw = text.trim();
  const clocks = clocksOf(zone);
  const day = Day.safeParse(raw);
  if (day.success) {
    const n = numberOf(day.data);
    return { from: instantOf(clocks.momentAt(n, 0)), to: instantOf(clocks.momentAt(n + 1, 0)) };
  }
  const local = LOCAL.exec(raw);
  const date = Day.safeParse(local?.[1] ?? raw.slice(0, 10));
  if (!date.success) return undefined;
  const ms = local
    ? clocks.momentAt(numberOf(date.data), Number(local[2]) * 60 + Number(local[3]))
    : ZONED.test(raw) ? Date.parse(raw.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  if (Number.isNaN(ms)) return undefined;
  return { from: instantOf(ms), to: instantOf(ms) };
}

/** What the clocks of a zone show at an instant. */
export function localOf(at: Instant, zone: string): { day: Day; time: string } {
  const clocks = clocksOf(zone);
  const ms = msOf(at);
  const day = clocks.dayAt(ms);
  const minutes = Math.floor((ms + clocks.offsetAt(ms) - day * DAY_MS) / MINUTE);
  return { day: dayOf(day), time: `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}` };
}
