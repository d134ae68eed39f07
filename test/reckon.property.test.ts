import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import {
  type Calendar, type Duration, endOfDay, type Instant, instantOf, isWorking, Limit, localDay, localMinutes, momentOf, numberOf, dayOf, pin,
  reckon, type Reckoning, startOfDay, UNITS,
} from '../src/core/index.ts';
import type { Step } from '../src/core/steps.ts';

const calendars = ['cn', 'uk-foi', 'gb-eng', 'nl', 'us'].map(loadCalendar);
const anyCalendar = fc.constantFrom(...calendars);
const MINUTE = 60_000;
const anyStart: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.UTC(2019, 0, 1) / MINUTE, max: Date.UTC(2027, 0, 1) / MINUTE })
  .map((m) => instantOf(m * MINUTE));
const anyCount: fc.Arbitrary<Duration> = fc
  .constantFrom(...UNITS)
  .chain((unit) => fc.integer({ min: 0, max: unit === 'months' ? 12 : 90 }).map((amount) => ({ amount, unit })));
const anyRule = fc.record({
  firstDay: fc.constantFrom('excluded', 'included'),
  lastDay: fc.constantFrom('stays', 'rolls'),
  ends: fc.constantFrom('end-of-day', 'close-of-business', '12:00'),
});
const days = (min: number, max: number) => fc.integer({ min, max });

const one = (calendar: Calendar, origin: Instant, count: Duration, rule: object = {}, more: Partial<Reckoning> = {}): Reckoning => ({
  calendar, origin, limit: Limit.parse({ count, ...rule }), lastDayIfSilent: 'stays', ...more,
});

/** Stops after a start, in order, within some 90 days. */
const anyStops = fc.array(fc.tuple(days(0, 90 * 24 * 60), days(0, 20 * 24 * 60), fc.constantFrom('between' as const, 'whole' as const)), { maxLength: 3 });
const stopsAfter = (origin: Instant, raw: readonly (readonly [number, number, 'between' | 'whole'])[]) =>
  raw
    .map(([from, length, kind]) => ({
      from: instantOf(Date.parse(origin) + from * MINUTE), to: instantOf(Date.parse(origin) + (from + length) * MINUTE), days: kind,
    }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));

const through = (d: string, list: Calendar['rest']): boolean => list.some((s) => s.from <= d && d <= s.to);

function withHoliday(calendar: Calendar, day: number): Calendar {
  const [d, name] = [dayOf(day), { zh: '新假日', en: 'new holiday' }];
  const cut = calendar.work.filter((s) => s.to < d || s.from > d);
  return { ...calendar, work: cut, rest: [...calendar.rest, { from: d, to: d, name }] };
}

describe('for any calendar, start and rule', () => {
  test('a due date never moves earlier when a holiday is added', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, anyCount, anyRule, days(-5, 130), anyStops, (calendar, origin, count, rule, offset, raw) => {
        const more = withHoliday(calendar, localDay(calendar, origin) + offset);
        const stops = stopsAfter(origin, raw);
        const [before, after] = [calendar, more].map((c) => reckon(one(c, origin, count, rule, { stops })));
        expect(after && before && after.dueAt >= before.dueAt).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('a limit in working days never ends on a day of rest', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, days(0, 90), anyRule, anyStops, (calendar, origin, amount, rule, raw) => {
        const due = reckon(one(calendar, origin, { amount, unit: 'working-days' }, rule, { stops: stopsAfter(origin, raw) }));
        expect(isWorking(calendar, numberOf(due.dueDate))).toBe(true);
        expect(due.actBy).toBe(due.dueDate);
      }),
      { numRuns: 400 },
    );
  });

  test('a limit that rolls never ends on a day of rest, and one that stays never moves', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, days(0, 120), (calendar, origin, amount) => {
        const count: Duration = { amount, unit: 'calendar-days' };
        const rolled = reckon(one(calendar, origin, count, { lastDay: 'rolls' }));
        expect(isWorking(calendar, numberOf(rolled.dueDate))).toBe(true);
        const stayed = reckon(one(calendar, origin, count, { lastDay: 'stays' }));
        expect(numberOf(stayed.dueDate)).toBe(localDay(calendar, origin) + amount);
        expect(stayed.dueDate <= rolled.dueDate).toBe(true);
      }),
    );
  });

  test('as many working days lie between start and end as the limit has, counted again by hand', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, days(1, 90), fc.boolean(), (calendar, origin, amount, included) => {
        const due = reckon(one(calendar, origin, { amount, unit: 'working-days' }, { firstDay: included ? 'included' : 'excluded' }));
        const first = dayOf(localDay(calendar, origin));
        let n = 0;
        for (let ms = Date.parse(first); ms <= Date.parse(due.dueDate); ms += 86_400_000) {
          const d = new Date(ms).toISOString().slice(0, 10);
          if (d === first && !included) continue;
          const weekend = [0, 6].includes(new Date(ms).getUTCDay());
          if (through(d, calendar.work) || (!weekend && !through(d, calendar.rest))) n += 1;
        }
        expect(n).toBe(amount);
      }),
      { numRuns: 400 },
    );
  });

  test('explaining changes nothing, and the count explained is the count made', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, anyCount, anyRule, anyStops, (calendar, origin, count, rule, raw) => {
        const r = one(calendar, origin, count, rule, { stops: stopsAfter(origin, raw), extra: 2 });
        const steps: Step[] = [];
        expect(reckon(r, steps)).toEqual(reckon(r));
        if (count.unit !== 'calendar-days' && count.unit !== 'working-days') return;
        const counted = steps.flatMap((s) => s.days ?? []).filter((d) => d.counted !== undefined);
        expect(counted).toHaveLength(count.amount + 2);
        expect(new Set(counted.map((d) => d.day)).size).toBe(counted.length);
      }),
      { numRuns: 400 },
    );
  });

  test('the pinned part of a calendar counts as the whole', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, anyCount, anyRule, anyStops, (calendar, origin, count, rule, raw) => {
        const stops = stopsAfter(origin, raw);
        const whole = reckon(one(calendar, origin, count, rule, { stops }));
        expect(reckon(one(pin(calendar, origin), origin, count, rule, { stops }))).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  test('a stop never makes a limit end earlier', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, anyCount, anyStops, (calendar, origin, count, raw) => {
        const plain = reckon(one(calendar, origin, count));
        expect(reckon(one(calendar, origin, count, {}, { stops: stopsAfter(origin, raw) })).dueAt >= plain.dueAt).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('a stop that begins after a limit has run out changes nothing', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, anyCount, anyRule, days(1, 20_000), days(0, 40_000), (calendar, origin, count, rule, after, length) => {
        const plain = reckon(one(calendar, origin, count, rule));
        const from = Date.parse(plain.dueAt) + after * MINUTE;
        const stops = [{ from: instantOf(from), to: instantOf(from + length * MINUTE), days: 'between' as const }];
        // A limit that ends before it starts, at noon of the same day, has run out at once.
        expect(reckon(one(calendar, origin, count, rule, { stops }))).toEqual(plain);
      }),
      { numRuns: 400 },
    );
  });

  test('a longer limit never ends earlier, nor one that starts later', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, anyCount, anyRule, days(0, 3 * 24 * 60), (calendar, origin, count, rule, later) => {
        const due = reckon(one(calendar, origin, count, rule)).dueAt;
        expect(reckon(one(calendar, origin, { ...count, amount: count.amount + 1 }, rule)).dueAt >= due).toBe(true);
        expect(reckon(one(calendar, instantOf(Date.parse(origin) + later * MINUTE), count, rule)).dueAt >= due).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('days and moments', () => {
  /** Within two days of a change of clocks, where it is most likely to go wrong. */
  const nearChange = anyCalendar.chain((calendar) =>
    fc.tuple(fc.constant(calendar), fc.constantFrom(...calendar.offsets.map((o) => Date.parse(o.from))), fc.integer({ min: -2880, max: 2880 })));

  test('a moment read as a day and a minute is that moment again, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(nearChange, ([calendar, change, minutes]) => {
        const at = instantOf(change + minutes * MINUTE);
        const again = momentOf(calendar, localDay(calendar, at), localMinutes(calendar, at));
        const back = instantOf(again);
        expect(again <= Date.parse(at)).toBe(true);
        expect(localDay(calendar, back)).toBe(localDay(calendar, at));
        expect(localMinutes(calendar, back)).toBe(localMinutes(calendar, at));
        expect(Date.parse(at) - again === 0 || Date.parse(at) - again === 60 * MINUTE).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('days follow one another without a gap', () => {
    fc.assert(
      fc.property(nearChange, ([calendar, change, minutes]) => {
        const day = localDay(calendar, instantOf(change + minutes * MINUTE));
        expect(Date.parse(startOfDay(calendar, day + 1)) - Date.parse(endOfDay(calendar, day))).toBe(1);
        expect(localDay(calendar, startOfDay(calendar, day))).toBe(day);
        expect(localDay(calendar, endOfDay(calendar, day))).toBe(day);
      }),
      { numRuns: 1000 },
    );
  });
});

test('an instant is written as the standard library writes it', () => {
  fc.assert(fc.property(fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9998, 0, 1) }), (ms) => {
    expect(instantOf(ms)).toBe(new Date(ms).toISOString());
  }));
});
