import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import { addDays, Day, dayKind, dayOf, isWorking, momentOf, numberOf, weekdayOf } from '../src/core/index.ts';

const eu = loadCalendar('eu');
const day = (s: string): number => numberOf(Day.parse(s));

/** The days from Monday to Friday of a year, or of a part of it, on which the institutions rest. */
function closed(year: number, until = '12-31'): string[] {
  const days: string[] = [];
  for (let d = day(`${year}-01-01`); d <= day(`${year}-${until}`); d += 1)
    if (weekdayOf(d) < 6 && !isWorking(eu, d)) days.push(dayOf(d).slice(5));
  return days;
}

const to = (from: number, last: number): string[] => Array.from({ length: last - from + 1 }, (_, i) => `12-${from + i}`);

describe('the institutions of the European Union', () => {
  // OJ 2013/C 39/03: eighteen days.
  test('rest in 2014 as the Official Journal has it', () => {
    const days = closed(2014);
    expect(days).toEqual(['01-01', '01-02', '04-17', '04-18', '04-21', '05-01', '05-09', '05-29', '05-30', '06-09', '07-21', '08-15', ...to(24, 26), ...to(29, 31)]);
    expect(days).toHaveLength(18);
  });

  // The same decision says that 2 January 2015 is a holiday and that work begins again on the 5th.
  test('are back on Monday, 5 January 2015', () => {
    expect(dayOf(addDays(eu, 'working-days', day('2014-12-23'), 1))).toBe('2015-01-05');
  });

  // OJ 2021/C 201 I/02: the eighteen days of Brussels. The year's end lies on a weekend, and nothing is made up for.
  test('rest in 2023 as the Official Journal has it', () => {
    const days = closed(2023);
    expect(days).toEqual(['01-02', '04-06', '04-07', '04-10', '05-01', '05-09', '05-18', '05-19', '05-29', '07-21', '08-15', '11-01', '11-02', ...to(25, 29)]);
    expect(days).toHaveLength(18);
  });

  // OJ 2022/C 440/05, read as far as August. Ascension Day is the ninth of May.
  test('rest in 2024 as the Official Journal has it, as far as it was read', () => {
    expect(closed(2024, '08-15')).toEqual(['01-01', '01-02', '03-28', '03-29', '04-01', '05-01', '05-09', '05-10', '05-20', '08-15']);
    expect(dayKind(eu, day('2024-05-09')).name.en).toBe('Ascension Day; Anniversary of the Schuman Declaration');
  });

  // From copies in other hands.
  test.each([
    [2017, ['01-02', '04-13', '04-14', '04-17', '05-01', '05-09', '05-25', '05-26', '06-05', '07-21', '08-15', '11-01', '11-02', ...to(25, 29)]],
    [2020, ['01-01', '01-02', '04-09', '04-10', '04-13', '05-01', '05-21', '05-22', '06-01', '07-21', '11-02', '12-24', '12-25', ...to(28, 31)]],
  ])('rest in %i as copies of the list have it', (year, days) => {
    expect(closed(year)).toEqual(days);
  });

  test.each([['2019-11-11'], ['2021-11-11'], ['2024-11-11']])('work on %s, a holiday of Belgium alone', (d) => {
    expect(isWorking(eu, day(d))).toBe(true);
  });

  // Two letters of the Commission, each with its date and its extended date: Regulation 1049/2001 Art. 7(1), (3).
  test.each([
    ['2019-10-25', '2019-11-18', '2019-12-09'],
    ['2021-09-06', '2021-09-27', '2021-10-18'],
  ])('count fifteen and thirty working days from %s as their own letters do', (registered, due, extended) => {
    expect(dayOf(addDays(eu, 'working-days', day(registered), 15))).toBe(due);
    expect(dayOf(addDays(eu, 'working-days', day(registered), 30))).toBe(extended);
  });

  test('say of later years that nobody has checked them', () => {
    expect(eu.announcedThrough).toBe('2024-12-31');
    expect(eu.source).toContain('was not checked');
  });

  test('turn their clocks with Brussels', () => {
    const hours = (d: string): number => (momentOf(eu, day(d) + 1, 0) - momentOf(eu, day(d), 0)) / 3_600_000;
    expect([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 23, 25]);
    expect(eu.offsets).toContainEqual({ from: '2026-03-29T01:00:00.000Z', minutes: 120 });
    expect(eu.offsets).toContainEqual({ from: '2026-10-25T01:00:00.000Z', minutes: 60 });
  });
});
