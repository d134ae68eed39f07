import { type Calendar, endOfDay, momentOf, startOfDay } from './calendar.ts';
import { Day, type Instant, instantOf, numberOf, SECOND } from './instant.ts';

const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,3})?)?$/;
const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Reads a time as people and logs write it: a day, a time without a zone (which
 * is then the calendar's), or an instant with one. A bare day is its first
 * instant for what starts a clock and its last for what ends one: both readings
 * are the stricter on the institution. Undefined where no such time exists.
 */
export function readMoment(calendar: Calendar, text: string, bareDay: 'start' | 'end'): Instant | undefined {
  const raw = text.trim();
  const day = raw.length === 10 ? Day.safeParse(raw) : undefined;
  if (day?.success) {
    const n = numberOf(day.data);
    return bareDay === 'start' ? startOfDay(calendar, n) : endOfDay(calendar, n);
  }
  const zoned = ZONED.exec(raw);
  if (zoned) {
    const ms = Date.parse(raw.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    return Day.safeParse(zoned[1]).success && !Number.isNaN(ms) ? instantOf(ms) : undefined;
  }
  const local = LOCAL.exec(raw);
  const date = Day.safeParse(local?.[1]);
  if (!local || !date.success) return undefined;
  const [hours, minutes, seconds] = [Number(local[2]), Number(local[3]), Number(local[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = momentOf(calendar, numberOf(date.data), hours * 60 + minutes);
  return instantOf(ms + seconds * SECOND + Math.round(Number(local[5] ?? 0) * SECOND));
}
