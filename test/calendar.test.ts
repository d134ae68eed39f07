import { readFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CalendarError } from '../src/calendars/error.ts';
import { listCalendars, listOverlays, loadCalendar } from '../src/calendars/load.ts';
import { overlay, Overlay } from '../src/calendars/overlay.ts';
import { print } from '../src/calendars/print.ts';
import { generateAll } from '../src/calendars/sources/index.ts';
import {
  type Calendar, closeOfBusiness, Day, dayKind, dayOf, endOfDay, Instant, instantOf, isWorking, localDay, localMinutes,
  momentOf, numberOf, pin, startOfDay, weekdayOf,
} from '../src/core/index.ts';

const day = (s: string): number => numberOf(Day.parse(s));
const at = (s: string): Instant => Instant.parse(s);
const cn = loadCalendar('cn');
const foi = loadCalendar('uk-foi');
const eng = loadCalendar('gb-eng');

/** How long a day is by the clock. */
const hours = (d: string): number => (momentOf(foi, day(d) + 1, 0) - momentOf(foi, day(d), 0)) / 3_600_000;

function failure(id: string): CalendarError {
  try {
    loadCalendar(id);
  } catch (error) {
    if (error instanceof CalendarError) return error;
  }
  throw new Error(`${id} was read`);
}

/** The days of a year for which a calendar differs from the weekend of its country. */
function special(calendar: Calendar, year: number, working: boolean): string[] {
  const days: string[] = [];
  for (let d = day(`${year}-01-01`); d <= day(`${year}-12-31`); d += 1)
    if (dayKind(calendar, d).special && isWorking(calendar, d) === working) days.push(dayOf(d).slice(5));
  return days;
}

const span = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let d = day(`2026-${from}`); d <= day(`2026-${to}`); d += 1) days.push(dayOf(d).slice(5));
  return days;
};

describe('the files', () => {
  const fresh = generateAll();

  test('there is one for each source', () => {
    expect(listCalendars()).toEqual(fresh.map((c) => c.id).toSorted());
  });

  test.each(fresh.map((c) => [c.id, c] as const))('%s is what its source gives', (id, calendar) => {
    const file = readFileSync(new URL(`../calendars/${id}.json`, import.meta.url), 'utf8');
    expect(file, 'run "npm run calendars" and look at what has changed').toBe(print(calendar));
  });

  test.each(fresh)('$id has its stretches in order, apart, and works on no day of rest', (calendar) => {
    for (const list of [calendar.rest, calendar.work])
      for (const [i, s] of list.entries()) expect(s.from > (list[i - 1]?.to ?? '')).toBe(true);
    const rest = new Set(calendar.rest.flatMap((s) => [s.from, s.to]));
    for (const w of calendar.work) {
      expect(rest.has(w.from)).toBe(false);
      expect(calendar.weekend).toContain(weekdayOf(numberOf(w.from)));
    }
  });
});

describe('China', () => {
  // The notices of the State Council for 2025 and 2026.
  test('rests as announced for 2025', () => {
    expect(special(cn, 2025, false)).toEqual([
      '01-01', ...span('01-28', '02-04'), ...span('04-04', '04-06'), ...span('05-01', '05-05'), ...span('05-31', '06-02'),
      ...span('10-01', '10-08'),
    ]);
  });

  test('rests as announced for 2026', () => {
    expect(special(cn, 2026, false)).toEqual([
      ...span('01-01', '01-03'), ...span('02-15', '02-23'), ...span('04-04', '04-06'), ...span('05-01', '05-05'),
      ...span('06-19', '06-21'), ...span('09-25', '09-27'), ...span('10-01', '10-07'),
    ]);
  });

  test.each([
    [2025, ['01-26', '02-08', '04-27', '09-28', '10-11']],
    [2026, ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']],
  ])('works on the moved days of %i', (year, days) => {
    expect(special(cn, year, true)).toEqual(days);
  });

  test('has the statutory thirteen days of a year not announced yet', () => {
    expect(special(cn, 2027, false)).toEqual([
      '01-01', ...span('02-05', '02-08'), '04-05', '05-01', '05-02', '06-09', '09-15', '10-01', '10-02', '10-03',
    ]);
    expect(special(cn, 2027, true)).toEqual([]);
    expect(cn.announcedThrough).toBe('2026-12-31');
  });

  test('says both names where two holidays meet', () => {
    expect(dayKind(cn, day('2031-10-01')).name.zh).toBe('中秋节、国庆节');
  });

  test('is eight hours ahead all year', () => {
    expect(localMinutes(cn, at('2026-07-01T16:30:00.000Z'))).toBe(30);
    expect(endOfDay(cn, day('2026-01-31'))).toBe('2026-01-31T15:59:59.999Z');
  });
});

describe('the United Kingdom', () => {
  test.each([
    ['2011-04-29', 'wedding'], ['2012-06-04', 'moved for the jubilee'], ['2012-06-05', 'jubilee'], ['2020-05-08', 'VE day'],
    ['2022-06-02', 'moved for the jubilee'], ['2022-06-03', 'jubilee'], ['2022-09-19', 'funeral'], ['2023-05-08', 'coronation'],
    ['2021-12-28', 'Boxing Day on a Sunday'], ['2027-12-27', 'Christmas on a Saturday'],
  ])('rests on %s: %s', (d) => {
    expect(isWorking(eng, day(d))).toBe(false);
    expect(isWorking(foi, day(d))).toBe(false);
  });

  test.each(['2012-05-28', '2020-05-04', '2022-05-30'])('works on %s, whose holiday was moved', (d) => {
    expect(isWorking(eng, day(d))).toBe(true);
    expect(isWorking(foi, day(d))).toBe(true);
  });

  test.each([
    ['2026-01-02', 'Scotland'], ['2026-03-17', 'Northern Ireland'], ['2026-07-13', 'Northern Ireland'], ['2026-08-03', 'Scotland'],
    ['2026-11-30', 'Scotland'], ['2025-12-01', 'Scotland'], ['2026-06-15', 'Scotland'],
  ])('counts %s for nobody, though only %s rests: FOIA s.10(6)', (d, where) => {
    expect(isWorking(eng, day(d))).toBe(true);
    expect(isWorking(foi, day(d))).toBe(false);
    expect(dayKind(foi, day(d)).name.en).toContain(`(${where})`);
  });

  test('Easter Monday is none in Scotland and says so', () => {
    expect(dayKind(foi, day('2026-04-06')).name.en).toBe('Easter Monday (England and Wales, Northern Ireland)');
  });

  test("Saint Andrew's Day counts from 2007", () => {
    expect(isWorking(foi, day('2006-11-30'))).toBe(true);
    expect(isWorking(foi, day('2007-11-30'))).toBe(false);
  });

  test('turns its clocks at one in the morning, UTC', () => {
    expect(foi.offsets).toContainEqual({ from: '2026-03-29T01:00:00.000Z', minutes: 60 });
    expect(foi.offsets).toContainEqual({ from: '2026-10-25T01:00:00.000Z', minutes: 0 });
    expect(foi.offsets.at(-1)?.from.slice(0, 4)).toBe('2037');
  });
});

test('a holiday on a Saturday is observed on Friday in the United States', () => {
  expect(special(loadCalendar('us'), 2026, false)).toContain('07-03');
});

test('Dutch legal periods do not end on Good Friday or 5 May', () => {
  expect(special(loadCalendar('nl'), 2026, false)).toEqual(expect.arrayContaining(['04-03', '04-27', '05-05', '05-14']));
});

describe('days and moments', () => {
  test('a day with a change of clocks has 23 or 25 hours', () => {
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
  });

  test('an hour that is skipped is read as before; of one that comes twice the first counts', () => {
    expect(instantOf(momentOf(foi, day('2026-03-29'), 90))).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf(momentOf(foi, day('2026-10-25'), 90))).toBe('2026-10-25T00:30:00.000Z');
  });

  test('the last instant of a day is in it, the next one is not', () => {
    const end = endOfDay(foi, day('2026-06-30'));
    expect(localDay(foi, end)).toBe(day('2026-06-30'));
    expect(instantOf(Date.parse(end) + 1)).toBe(startOfDay(foi, day('2026-07-01')));
    expect(localMinutes(foi, closeOfBusiness(foi, day('2026-06-30')))).toBe(17 * 60);
  });
});

describe('pin', () => {
  test('keeps a year before and six after, and the clocks in force at both ends', () => {
    const pinned = pin(foi, at('2026-06-01T10:00:00.000Z'));
    expect(pinned.rest[0]?.from.slice(0, 4)).toBe('2025');
    expect(pinned.rest.at(-1)?.to.slice(0, 4)).toBe('2032');
    expect(JSON.stringify(pinned).length).toBeLessThan(JSON.stringify(foi).length / 2);
    for (const d of ['2025-05-01', '2026-12-25', '2027-03-28', '2032-05-01']) expect(startOfDay(pinned, day(d))).toBe(startOfDay(foi, day(d)));
  });
});

describe('overlays', () => {
  test('a region rests on days of its own, and the version says so', () => {
    const guangxi = loadCalendar('cn+guangxi');
    expect(guangxi).toMatchObject({ id: 'cn+guangxi', version: '2026.1+guangxi.2017.1', overlays: ['guangxi'] });
    expect(isWorking(cn, day('2017-03-30'))).toBe(true);
    expect(isWorking(guangxi, day('2017-03-30'))).toBe(false);
  });

  test('it wins over a moved working day of the calendar, and the other way round', () => {
    const guangxi = loadCalendar('cn+guangxi');
    expect([isWorking(cn, day('2017-04-01')), isWorking(guangxi, day('2017-04-01'))]).toEqual([true, false]);
    expect([isWorking(cn, day('2017-04-08')), isWorking(guangxi, day('2017-04-08'))]).toEqual([false, true]);
    const open = Overlay.parse({
      id: 'open', version: 1, title: { zh: '开', en: 'open' }, over: 'cn', source: 'a test',
      work: [{ from: '2026-02-18', to: '2026-02-18', name: { zh: '上班', en: 'work' } }],
    });
    const opened = overlay(cn, open);
    expect(isWorking(opened, day('2026-02-18'))).toBe(true);
    expect(isWorking(opened, day('2026-02-17'))).toBe(false);
    expect(isWorking(opened, day('2026-02-19'))).toBe(false);
  });

  test('several are laid one over another', () => {
    expect(loadCalendar('cn+guangxi+sample').version).toBe('2026.1+guangxi.2017.1+sample.1');
  });

  test('changes nothing else', () => {
    const sample = loadCalendar('cn+sample');
    for (let d = day('2025-01-01'); d <= day('2026-12-31'); d += 1)
      if (!['2026-07-15', '2026-07-18'].includes(dayOf(d))) expect(dayKind(sample, d)).toEqual(dayKind(cn, d));
  });

  test('each says which calendar it is for, and is refused on another', () => {
    expect(listOverlays()).toContainEqual({ id: 'guangxi', over: 'cn' });
    expect(() => loadCalendar('nl+guangxi')).toThrow(CalendarError);
  });
});

describe("a user's own file", () => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-calendar-'));
  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const good = `
id: shop
version: "2026.1"
title: { zh: 商店, en: shop }
zone: Etc/UTC
offsets: [{ from: 2000-01-01T00:00:00.000Z, minutes: 0 }]
weekend: [7]
rest: [{ from: 2026-05-01, to: 2026-05-01, name: { zh: 店休, en: closed } }]
work: []
announcedThrough: 2026-12-31
hours: [["10:00", "20:00"]]
source: a test
`;

  test('is read by its path, as YAML', () => {
    const shop = loadCalendar(written('shop.yaml', good));
    expect(isWorking(shop, day('2026-05-01'))).toBe(false);
    expect(isWorking(shop, day('2026-05-02'))).toBe(true);
  });

  test('names the file and every field that is wrong, in both languages', () => {
    const file = written('bad.yaml', good.replace('to: 2026-05-01', 'to: 2026-05-32').replace('zone:', 'zoom:'));
    const error = failure(file);
    expect(error.file).toBe(file);
    expect(error.problems.map((p) => p.path)).toEqual(['zone', 'rest.0.to', 'zoom']);
    expect(error.text.zh).toContain('请写成 YYYY-MM-DD');
    expect(error.text.en).toContain('rest.0.to: not a day that exists');
  });

  test('that is no YAML says so', () => {
    expect(failure(written('broken.yaml', 'id: [')).text.en).toContain('cannot be read');
  });

  test('a name that is not there lists those that are', () => {
    const error = failure('atlantis');
    expect(error.code).toBe('no-such-calendar');
    expect(error.text.en).toContain('cn, de, eu, gb-eng');
  });
});
