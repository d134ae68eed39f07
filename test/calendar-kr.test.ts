import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import { Day, dayKind, dayOf, Instant, isWorking, localMinutes, numberOf, reckon, weekdayOf } from '../src/core/index.ts';

const kr = loadCalendar('kr');
const day = (s: string): number => numberOf(Day.parse(s));

/** The holidays of a year that fall on a weekday. */
function onWeekdays(year: number): string[] {
  const days: string[] = [];
  for (let d = day(`${year}-01-01`); d <= day(`${year}-12-31`); d += 1)
    if (!isWorking(kr, d) && weekdayOf(d) < 6) days.push(dayOf(d).slice(5));
  return days;
}

describe('Korea', () => {
  // As published: the almanacs of 2024 to 2027, the decree of 30 April 2026 and what was named for one year.
  test.each([
    [2024, ['01-01', '02-09', '02-12', '03-01', '04-10', '05-06', '05-15', '06-06', '08-15', '09-16', '09-17', '09-18', '10-01', '10-03', '10-09', '12-25']],
    [2025, ['01-01', '01-27', '01-28', '01-29', '01-30', '03-03', '05-05', '05-06', '06-03', '06-06', '08-15', '10-03', '10-06', '10-07', '10-08', '10-09', '12-25']],
    [2026, ['01-01', '02-16', '02-17', '02-18', '03-02', '05-01', '05-05', '05-25', '06-03', '07-17', '08-17', '09-24', '09-25', '10-05', '10-09', '12-25']],
    [2027, ['01-01', '02-08', '02-09', '03-01', '05-03', '05-05', '05-13', '07-19', '08-16', '09-14', '09-15', '09-16', '10-04', '10-11', '12-27']],
  ])('rests on the weekdays published for %i', (year, days) => {
    expect(onWeekdays(year)).toEqual(days);
  });

  test.each([
    ['2014-09-10', 'the first substitute day'], ['2015-08-14', 'temporary'], ['2017-10-06', 'Chuseok met another holiday'],
    ['2020-08-17', 'temporary'], ['2021-08-16', 'the first of a national day'], ['2023-05-29', "the first of Buddha's Birthday"],
  ])('rested on %s: %s', (d) => {
    expect(isWorking(kr, day(d))).toBe(false);
  });

  test.each([
    ['2012-10-09', 'Hangeul Day was none from 1991 to 2012'], ['2010-07-16', 'an ordinary Friday'], ['2025-05-01', 'Labour Day was none of the offices'],
    ['2025-07-17', 'Constitution Day was none from 2008 to 2025'], ['2022-05-09', "Buddha's Birthday on a Sunday was not yet made up for"],
    ['2026-06-08', 'Memorial Day is never made up for'], ['2026-09-28', 'Chuseok on a Saturday is not made up for'],
  ])('worked on %s: %s', (d) => {
    expect(isWorking(kr, day(d))).toBe(true);
  });

  test('keeps its own lunar year where the new moon comes after midnight in Seoul', () => {
    // In Beijing the year begins on 6 February 2027, in Seoul an hour later, on the 7th.
    expect(dayKind(kr, day('2027-02-07')).name.en).toBe('Seollal');
    expect(dayKind(kr, day('2027-02-09')).name.en).toBe('Seollal (substitute day)');
    expect(dayKind(loadCalendar('cn'), day('2027-02-06')).name.zh).toBe('春节');
  });

  test('has one substitute day where two holidays meet on a weekday', () => {
    expect(dayKind(kr, day('2028-10-03')).name.en).toBe('National Foundation Day; Chuseok');
    expect([isWorking(kr, day('2028-10-05')), isWorking(kr, day('2028-10-06'))]).toEqual([false, true]);
  });

  test('works eight hours a day, with an hour for lunch, nine hours ahead all year', () => {
    expect(kr.hours).toEqual([['09:00', '12:00'], ['13:00', '18:00']]);
    expect(localMinutes(kr, Instant.parse('2026-07-01T00:00:00.000Z'))).toBe(540);
    expect([kr.zone, kr.announcedThrough]).toEqual(['Asia/Seoul', '2027-12-31']);
  });

  test('counts working hours over lunch, the evening and the lunar new year', () => {
    // Received on Friday 13 February 2026 at 11:00: one hour before lunch, two of the three after it.
    const limit = { count: { amount: 3, unit: 'working-hours' }, firstDay: 'excluded', ends: 'end-of-day' } as const;
    const due = (at: string): string => reckon({ calendar: kr, limit, lastDayIfSilent: 'stays', origin: Instant.parse(at) }).dueAt;
    expect(due('2026-02-13T02:00:00.000Z')).toBe('2026-02-13T06:00:00.000Z');
    // At 17:00, one hour is left of the day; the other two are on Thursday 19 February, after the holiday.
    expect(due('2026-02-13T08:00:00.000Z')).toBe('2026-02-19T02:00:00.000Z');
  });
});
