import { ApplicationFailure } from '@temporalio/common';
import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Day, dayOf, instantOf, Instant, numberOf } from '../src/core/instant.ts';
import { Refused } from '../src/errors.ts';
import { type Institution, InstitutionError, loadInstitution, parseInstitution } from '../src/institution/index.ts';
import { keyOf, openScheduled } from '../src/schedules/activity.ts';
import { checkSchedules } from '../src/schedules/check.ts';
import { periodName } from '../src/schedules/period.ts';
import { type DueOpening, Schedule } from '../src/schedules/schedule.ts';
import { isOn, skippedTimes } from '../src/schedules/spec.ts';

const schedule = (more: object = {}): Schedule => Schedule.parse({ opens: 'problem-sweep', unit: 'street', every: 'week', on: 'monday', at: '09:00', ...more });

/** A file with one schedule, on its fifth line. */
const file = (entry: string): string => `id: i\ntitle: { zh: 甲, en: A }\nunits: { street: { title: { zh: 乙, en: B } } }\nschedules:\n  sweep: ${entry}\n`;

describe('a schedule in the institution\'s file', () => {
  test.each([
    ['{ opens: problem-sweep, unit: street, every: week, at: "09:00" }', 'schedules.sweep.on', 'is one of monday'],
    ['{ opens: problem-sweep, unit: street, every: week, on: 3, at: "09:00" }', 'schedules.sweep.on', 'is one of monday'],
    ['{ opens: problem-sweep, unit: street, every: day, on: monday, at: "09:00" }', 'schedules.sweep.on', 'has no "on"'],
    ['{ opens: problem-sweep, unit: street, every: month, on: 31, at: "09:00" }', 'schedules.sweep.on', '"last" for the last day'],
    ['{ opens: problem-sweep, unit: street, every: quarter, on: 0, at: "09:00" }', 'schedules.sweep.on', '1 to 28'],
    ['{ opens: problem-sweep, unit: street, every: year, on: 02-29, at: "09:00" }', 'schedules.sweep.on', 'days to 28'],
    ['{ opens: problem-sweep, unit: street, every: day, at: "24:00" }', 'schedules.sweep.at', '00:00'],
    ['{ opens: problem-sweep, unit: street, every: day, at: "9:00" }', 'schedules.sweep.at', 'HH:MM'],
    ['{ opens: problem-sweep, unit: street, every: day, at: "09:00", covers: past }', 'schedules.sweep.covers', 'goes with "period"'],
    ['{ opens: problem-sweep, unit: street, every: day, at: "09:00", cron: x }', 'schedules.sweep.cron', 'no field'],
  ])('%s', (entry, at, en) => {
    const error = ((): unknown => {
      try {
        return parseInstitution(file(entry), 'i.yaml');
      } catch (e) {
        return e;
      }
    })();
    if (!(error instanceof InstitutionError)) throw new Error('it was taken');
    expect(error.problems.map((p) => p.at)).toEqual([at]);
    expect(error.problems[0]?.line).toBe(5);
    expect(error.problems[0]?.text.en).toContain(en);
    expect(error.problems[0]?.text.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  test('one that says nothing of schedules leaves them as they are', () => {
    expect(parseInstitution('id: i\ntitle: { zh: 甲, en: A }\nunits: {}\n', 'i.yaml').schedules).toBeUndefined();
  });
});

const held = async (more: object): Promise<string> => {
  const institution: Institution = await loadInstitution('examples/institution.yaml');
  try {
    checkSchedules({ ...institution, schedules: { s: schedule({ fields: { units: 'unit:housing' }, period: 'period', ...more }) } });
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'field' in error ? String(error.field) : String(error);
  }
};

describe('is held against its procedure before anything runs', () => {
  test.each([
    [{}, 'taken'],
    [{ unit: 'nowhere' }, 'schedules.s.unit'],
    [{ channel: 'pigeon' }, 'schedules.s.channel'],
    [{ period: undefined }, 'schedules.s.fields.period'],
    [{ period: 'units' }, 'schedules.s.period'],
    [{ fields: {} }, 'schedules.s.fields.units'],
    [{ fields: { units: 'unit:housing', more: 1 } }, 'schedules.s.fields.more'],
    [{ fields: { units: 'unit:housing unit:nowhere' } }, 'schedules.s.fields.units'],
    [{ fields: { units: 'somebody' } }, 'schedules.s.fields.units'],
    [{ opens: 'no-such-procedure' }, ''],
  ])('%j', async (more, said) => expect(await held(more)).toContain(said));

  test('the sample\'s own are right', async () => {
    const institution = await loadInstitution('examples/institution.yaml');
    expect(Object.keys(institution.schedules ?? {})).toContain('weekly-sweep');
    expect(() => checkSchedules(institution)).not.toThrow();
  });
});

describe('the period of a case', () => {
  test.each([
    ['week', 'monday', 'past', '2026-11-23', '2026-W47'],
    ['week', 'monday', 'current', '2026-11-23', '2026-W48'],
    // Weeks belong to the year of their Thursday.
    ['week', 'friday', 'current', '2027-01-01', '2026-W53'],
    ['week', 'monday', 'past', '2027-01-04', '2026-W53'],
    ['week', 'monday', 'current', '2024-12-30', '2025-W01'],
    ['week', 'sunday', 'current', '2023-01-01', '2022-W52'],
    ['month', 1, undefined, '2027-01-01', '2026-12'],
    ['month', 1, undefined, '2028-03-01', '2028-02'],
    ['month', 'last', undefined, '2028-02-29', '2028-02'],
    ['month', 'last', 'past', '2028-02-29', '2028-01'],
    ['quarter', 1, undefined, '2027-01-01', '2026-Q4'],
    ['quarter', 'last', undefined, '2026-12-31', '2026-Q4'],
    ['quarter', 15, 'current', '2026-10-15', '2026-Q4'],
    ['year', '01-15', undefined, '2027-01-15', '2026'],
    ['year', 'last', undefined, '2026-12-31', '2026'],
    ['day', undefined, undefined, '2028-03-01', '2028-02-29'],
  ] as const)('every %s on %s, %s: on %s it is %s', (every, on, covers, day, name) => {
    expect(periodName({ every, on, covers }, Day.parse(day))).toBe(name);
  });

  test('of the past one ends the day before the current one begins', () => {
    assert(property(integer({ min: 10_000, max: 40_000 }), constantFrom('day', 'week', 'month', 'quarter', 'year'), (day, every) => {
      const name = (n: number, covers: 'past' | 'current'): string => periodName({ every, on: undefined, covers }, dayOf(n));
      let first = day;
      while (name(first - 1, 'current') === name(day, 'current')) first -= 1;
      expect(name(day, 'past')).toBe(name(first - 1, 'current'));
    }));
  });
});

const days = (s: Schedule, from: string, to: string): string[] => {
  const found: string[] = [];
  for (let day = numberOf(Day.parse(from)); day <= numberOf(Day.parse(to)); day += 1) if (isOn(s, day)) found.push(dayOf(day));
  return found;
};

describe('days and times', () => {
  test('the last day of a month, a leap year included', () => {
    expect(days(schedule({ every: 'month', on: 'last' }), '2028-01-01', '2028-04-30')).toEqual(['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
    expect(days(schedule({ every: 'month', on: 'last' }), '2027-02-01', '2027-02-28')).toEqual(['2027-02-28']);
    expect(days(schedule({ every: 'quarter', on: 'last' }), '2026-01-01', '2026-12-31')).toEqual(['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31']);
  });
  test('a time that the clocks skip is replaced by the moment after, on that day alone', () => {
    const at = (more: object, zone: string): string[] => skippedTimes(schedule({ every: 'day', on: undefined, ...more }), zone, Date.UTC(2026, 5, 1)).slice(0, 2);
    expect(at({ at: '01:30' }, 'Europe/London')).toEqual(['2026-03-29T02:00', '2027-03-28T02:00']);
    expect(at({ at: '02:00' }, 'Europe/London')).toEqual([]);
    expect(at({ at: '02:30' }, 'America/New_York')).toEqual(['2026-03-08T03:00', '2027-03-14T03:00']);
    expect(at({ at: '01:30' }, 'Asia/Shanghai')).toEqual([]);
    expect(skippedTimes(schedule({ every: 'week', on: 'monday', at: '01:30' }), 'Europe/London', Date.UTC(2026, 5, 1))).toEqual([]);
  });
});

const due = (more: Partial<DueOpening> = {}): DueOpening =>
  ({ ...schedule({ fields: { units: 'unit:housing' }, period: 'period' }), name: 'sweep', zone: 'Asia/Shanghai', skipped: [], due: '2026-11-23T01:00:00.482Z', ...more });

const keyAt = (iso: string, zone: string): string => keyOf({ name: 's', zone }, Instant.parse(iso));

describe('what is opened', () => {

  test('is received at the instant at which it was due, to the minute, with its period', async () => {
    const asked: unknown[] = [];
    const open = openScheduled({ open: async (opening) => (asked.push(opening), { receipt: 'R' }) });
    expect(await open(due())).toEqual({ receipt: 'R' });
    expect(asked).toEqual([{
      procedure: 'problem-sweep', unit: 'street', channel: 'schedule', receivedAt: '2026-11-23T01:00:00.000Z',
      fields: { units: 'unit:housing', period: '2026-W47' }, key: 'schedule/sweep/2026-11-23T09:00',
    }]);
  });
  test('has one key for each time on the wall: a clock time that comes twice in a night opens one case', () => {
    expect(keyAt('2027-10-31T00:30:00.000Z', 'Europe/London')).toBe(keyAt('2027-10-31T01:30:00.000Z', 'Europe/London'));
    expect(keyAt('2027-10-31T00:30:00.000Z', 'Asia/Shanghai')).not.toBe(keyAt('2027-10-31T01:30:00.000Z', 'Asia/Shanghai'));
    expect(keyAt(instantOf(0), 'UTC')).not.toBe(keyOf({ name: 't', zone: 'UTC' }, instantOf(0)));
  });
  test('what is refused is tried again, with its reason in plain sight', async () => {
    const refused = new Refused('bad-field', 'fields.units', { zh: '甲', en: 'no such unit' });
    const failed = await openScheduled({ open: () => Promise.reject(refused) })(due()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ApplicationFailure);
    expect(failed).toMatchObject({ type: 'bad-field', nonRetryable: false, details: [{ field: 'fields.units', text: refused.text }] });
    await expect(openScheduled(undefined)(due())).rejects.toMatchObject({ type: 'no-cases', nonRetryable: false });
    await expect(openScheduled({ open: () => Promise.reject(new Error('away')) })(due())).rejects.toThrow('away');
  });
});
