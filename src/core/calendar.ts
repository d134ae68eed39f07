import { z } from 'zod';
import { Day, DAY_MS, Instant, MINUTE, dayOf, instantOf, msOf, numberOf, weekdayOf } from './instant.ts';
import { Text } from './text.ts';

/** A time of day, HH:MM, on the clocks of the calendar's zone; 24:00 is the end of the day. */
export const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time of day as HH:MM');

const Stretch = z.strictObject({ from: Day, to: Day, name: Text }).refine((s) => s.from <= s.to, {
  error: '"to" lies before "from"',
  path: ['to'],
});

/**
 * Legal time as data: which days are working days, what the clocks of the zone
 * show, when the office is open. It travels with each case, so that a date can
 * be recomputed by anybody for ever; nothing else is asked for the time.
 */
export const Calendar = z.strictObject({
  id: z.string().min(1),
  /** Changes whenever a day changes. Due dates name the version they were counted on. */
  version: z.string().min(1),
  title: Text,
  /** IANA name, for people; the arithmetic uses `offsets`. */
  zone: z.string().min(1),
  /** Minutes ahead of UTC from an instant on, in order of time. The first also holds before its instant. */
  offsets: z.array(z.strictObject({ from: Instant, minutes: z.int().min(-1080).max(1080) })).min(1),
  /** ISO weekdays of rest: 6 is Saturday, 7 is Sunday. */
  weekend: z.array(z.int().min(1).max(7)).max(6),
  /** Days of rest besides the weekend. */
  rest: z.array(Stretch),
  /** Days of a weekend on which people work, moved there by the holiday notice (调休). */
  work: z.array(Stretch),
  /** The last day for which holidays have been announced. Later days are computed, and dates on them provisional. */
  announcedThrough: Day,
  /** Office hours of a working day, in order. */
  hours: z
    .array(z.tuple([TimeOfDay, TimeOfDay]))
    .min(1)
    .refine((list) => list.every(([from, to], i) => from < to && (i === 0 || (list[i - 1]?.[1] ?? '') <= from)), 'office hours go from an earlier to a later time, in order'),
  /** Overlays laid over the published calendar, by name. */
  overlays: z.array(z.string()).default([]),
  source: z.string(),
});
export type Calendar = z.infer<typeof Calendar>;

/** What a day is, and why. */
export interface DayKind {
  readonly working: boolean;
  readonly name: Text;
  readonly special: boolean;
}

const WEEKDAYS: readonly Text[] = [
  { zh: '星期一', en: 'Monday' },
  { zh: '星期二', en: 'Tuesday' },
  { zh: '星期三', en: 'Wednesday' },
  { zh: '星期四', en: 'Thursday' },
  { zh: '星期五', en: 'Friday' },
  { zh: '星期六', en: 'Saturday' },
  { zh: '星期日', en: 'Sunday' },
];

interface Index {
  readonly special: ReadonlyMap<number, { working: boolean; name: Text }>;
  readonly weekend: ReadonlySet<number>;
  readonly offsets: readonly { from: number; ms: number }[];
}

// A pure memo: the index is a function of the calendar alone.
const indexes = new WeakMap<Calendar, Index>();

function indexOf(calendar: Calendar): Index {
  let index = indexes.get(calendar);
  if (!index) {
    const special = new Map<number, { working: boolean; name: Text }>();
    for (const [list, working] of [[calendar.rest, false], [calendar.work, true]] as const)
      for (const s of list)
        for (let d = numberOf(s.from); d <= numberOf(s.to); d += 1) special.set(d, { working, name: s.name });
    index = {
      special,
      weekend: new Set(calendar.weekend),
      offsets: calendar.offsets.map((o) => ({ from: msOf(o.from), ms: o.minutes * MINUTE })),
    };
    indexes.set(calendar, index);
  }
  return index;
}

/** Whether people work on the day with this number. */
export function isWorking(calendar: Calendar, day: number): boolean {
  const { special, weekend } = indexOf(calendar);
  return special.get(day)?.working ?? !weekend.has(weekdayOf(day));
}

/** Whether the day is a working day and under which name a person would know it. */
export function dayKind(calendar: Calendar, day: number): DayKind {
  const { special, weekend } = indexOf(calendar);
  const named = special.get(day);
  if (named) return { ...named, special: true };
  const weekday = weekdayOf(day);
  return { working: !weekend.has(weekday), name: nameOfWeekday(weekday), special: false };
}

export function nameOfWeekday(weekday: number): Text {
  const name = WEEKDAYS[weekday - 1];
  if (!name) throw new RangeError(`no weekday ${weekday}`);
  return name;
}

function offsetAt(calendar: Calendar, ms: number): number {
  const { offsets } = indexOf(calendar);
  let low = 0;
  for (let high = offsets.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle]?.from ?? Infinity) <= ms) low = middle;
    else high = middle - 1;
  }
  return offsets[low]?.ms ?? 0;
}

/** The number of the local day in which an instant lies. */
export function localDay(calendar: Calendar, at: Instant): number {
  const ms = msOf(at);
  return Math.floor((ms + offsetAt(calendar, ms)) / DAY_MS);
}

/** Minutes since local midnight, with fractions. */
export function localMinutes(calendar: Calendar, at: Instant): number {
  const ms = msOf(at);
  const local = ms + offsetAt(calendar, ms);
  return (local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE;
}

/**
 * Milliseconds since 1970 at which the zone's clocks show the given minute of a
 * day. An hour that the clocks skip is read as they stood before; of an hour
 * that comes twice, the first counts.
 */
export function momentOf(calendar: Calendar, day: number, minutes: number): number {
  const local = day * DAY_MS + minutes * MINUTE;
  const before = offsetAt(calendar, local - DAY_MS);
  const after = offsetAt(calendar, local + DAY_MS);
  const early = local - before;
  if (before === after || offsetAt(calendar, early) === before) return early;
  const late = local - after;
  return offsetAt(calendar, late) === after ? late : early;
}

/** The first instant of a local day. */
export const startOfDay = (calendar: Calendar, day: number): Instant => instantOf(momentOf(calendar, day, 0));

/** The last instant of a local day: 23:59:59.999. What happens then is still in time. */
export const endOfDay = (calendar: Calendar, day: number): Instant =>
  instantOf(momentOf(calendar, day + 1, 0) - 1);

export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The last instant of the office hours of a day. */
export function closeOfBusiness(calendar: Calendar, day: number): Instant {
  return instantOf(momentOf(calendar, day, minutesOf(calendar.hours.at(-1)?.[1] ?? '24:00')));
}

/** The moment the office opens on a day. */
export function opening(calendar: Calendar, day: number): Instant {
  return instantOf(momentOf(calendar, day, minutesOf(calendar.hours[0]?.[0] ?? '00:00')));
}

/** The first working day on or after (step 1), or on or before (step -1), a day. */
export function nearestWorking(calendar: Calendar, day: number, step: 1 | -1): number {
  let d = day;
  // A calendar always leaves a weekday to work on, but a stretch of rest may be long.
  while (!isWorking(calendar, d)) d += step;
  return d;
}

/** The part of a calendar that a case opened on `from` can need, so that the rest need not travel with it. */
export function pin(calendar: Calendar, from: Instant): Calendar {
  const first = dayOf(localDay(calendar, from) - 400);
  const last = dayOf(localDay(calendar, from) + 6 * 366);
  const near = (s: { from: Day; to: Day }): boolean => s.to >= first && s.from <= last;
  const at = instantOf(numberOf(first) * DAY_MS);
  const kept = calendar.offsets.filter((o, i) => {
    const next = calendar.offsets[i + 1];
    return (next === undefined || next.from > at) && o.from.slice(0, 10) <= last;
  });
  return {
    ...calendar,
    rest: calendar.rest.filter(near),
    work: calendar.work.filter(near),
    offsets: kept.length > 0 ? kept : calendar.offsets,
  };
}
