import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import { Calendar, Day, type Due, type Instant, instantOf, Limit, momentOf, numberOf, reckon, type Reckoning } from '../src/core/index.ts';
import type { Step } from '../src/core/steps.ts';

type Extra = Partial<Omit<Reckoning, 'calendar' | 'limit' | 'origin'>>;

const cn = loadCalendar('cn');
const foi = loadCalendar('uk-foi');
const eng = loadCalendar('gb-eng');

const day = (s: string): Day => Day.parse(s);
/** "2026-08-05 10:00" on the clocks of a calendar. */
const moment = (calendar: Calendar, s: string): Instant => {
  const [d = '', time = '10:00'] = s.split(' ');
  const [h = 0, m = 0] = time.split(':').map(Number);
  return instantOf(momentOf(calendar, numberOf(day(d)), h * 60 + m));
};
const counted = (calendar: Calendar, start: string, limit: unknown, extra: Extra = {}): Due =>
  reckon({ calendar, limit: Limit.parse(limit), lastDayIfSilent: 'stays', origin: moment(calendar, start), ...extra });
const stop = (calendar: Calendar, from: string, to: string, days: 'between' | 'whole' = 'between') => ({
  from: moment(calendar, from), to: moment(calendar, to), days,
});

describe('calendar days in China', () => {
  // The last day as it falls, and as Art. 203 of the Civil Code would move it.
  test.each([
    ['2023-10-01', 60, '2023-11-30', '2023-11-30'],
    ['2025-01-20', 15, '2025-02-04', '2025-02-05'],
    ['2025-09-12', 15, '2025-09-27', '2025-09-28'],
    ['2026-02-02', 15, '2026-02-17', '2026-02-24'],
    ['2026-08-05', 60, '2026-10-04', '2026-10-08'],
  ])('%s and %i days', (start, n, plain, rolled) => {
    const count = `${n} calendar days`;
    expect(counted(cn, start, count).dueDate).toBe(plain);
    expect(counted(cn, start, { count, lastDay: 'rolls' }).dueDate).toBe(rolled);
  });

  test('where the law is silent, a duty stays and a right rolls', () => {
    expect(counted(cn, '2026-08-05', '60 calendar days').dueDate).toBe('2026-10-04');
    expect(counted(cn, '2026-08-05', '60 calendar days', { lastDayIfSilent: 'rolls' }).dueDate).toBe('2026-10-08');
    expect(counted(cn, '2026-08-05', { count: '60 calendar days', lastDay: 'stays' }, { lastDayIfSilent: 'rolls' }).dueDate).toBe('2026-10-04');
  });

  test('a duty that ends on a day of rest is to be acted on by the working day before', () => {
    expect(counted(cn, '2026-08-05', '60 calendar days')).toEqual({
      dueDate: '2026-10-04', actBy: '2026-09-30', dueAt: '2026-10-04T15:59:59.999Z', provisional: false,
    });
  });

  test('but never before it began: then the day of rest itself', () => {
    expect(counted(cn, '2026-10-01', '3 calendar days')).toMatchObject({ dueDate: '2026-10-04', actBy: '2026-10-04' });
  });
});

describe('working days in China', () => {
  test.each([
    ['2025-01-24', 5, '2025-02-07'],
    ['2025-09-26', 5, '2025-10-10'],
    ['2026-02-11', 5, '2026-02-25'],
    ['2025-04-25', 3, '2025-04-29'],
    ['2026-09-24', 10, '2026-10-15'],
  ])('%s and %i days', (start, n, due) => {
    expect(counted(cn, start, `${n} working days`).dueDate).toBe(due);
  });

  test('a moved working day counts', () => {
    // Saturday 2026-05-09 makes up for the Labour Day holiday.
    expect(counted(cn, '2026-05-08', '1 working day').dueDate).toBe('2026-05-09');
  });

  test('none left is the next day that people work', () => {
    expect(counted(cn, '2026-10-01', '0 working days').dueDate).toBe('2026-10-08');
  });
});

describe('working days in Europe', () => {
  // Real letters: 1 November was a closed day and 11 November was not.
  const eu = Calendar.parse({
    id: 'eu', version: '1', title: { zh: '欧盟', en: 'EU' }, zone: 'Europe/Brussels', offsets: [{ from: '2000-01-01T00:00:00.000Z', minutes: 60 }],
    weekend: [6, 7], rest: [{ from: '2019-11-01', to: '2019-11-01', name: { zh: '诸圣节', en: "All Saints' Day" } }], work: [],
    announcedThrough: '2021-12-31', hours: [['09:00', '17:00']], source: 'letters on asktheeu.org',
  });

  test.each([
    ['2019-10-25', '2019-11-18', '2019-12-09'],
    ['2021-09-06', '2021-09-27', '2021-10-18'],
  ])('registered %s: 15 days, and 15 more', (start, first, second) => {
    expect(counted(eu, start, '15 working days').dueDate).toBe(first);
    expect(counted(eu, start, '15 working days', { extra: 15 }).dueDate).toBe(second);
    expect(counted(eu, first, '15 working days').dueDate).toBe(second);
  });

  test('a request that came on a day of rest is counted from the next day', () => {
    expect(counted(foi, '2026-05-23', '20 working days').dueDate).toBe(counted(foi, '2026-05-25', '20 working days').dueDate);
  });

  test('Scotland rests, so the answer to an English request is due a day later', () => {
    expect(counted(eng, '2026-06-01', '20 working days').dueDate).toBe('2026-06-29');
    expect(counted(foi, '2026-06-01', '20 working days').dueDate).toBe('2026-06-30');
  });
});

describe('the first day', () => {
  test('is not counted unless the rule says so', () => {
    expect(counted(cn, '2026-03-02', '5 working days').dueDate).toBe('2026-03-09');
    expect(counted(cn, '2026-03-02', { count: '5 working days', firstDay: 'included' }).dueDate).toBe('2026-03-06');
    expect(counted(cn, '2026-03-02', { count: '5 calendar days', firstDay: 'included' }).dueDate).toBe('2026-03-06');
  });

  test('is the day on the clocks of the zone, whatever UTC says', () => {
    expect(counted(cn, '2026-03-02 00:10', '1 calendar day').dueDate).toBe('2026-03-03');
    expect(counted(cn, '2026-03-02 23:50', '1 calendar day').dueDate).toBe('2026-03-03');
  });
});

describe('months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-08-31', 3, '2026-11-30'],
    ['2026-12-15', 2, '2027-02-15'],
  ])('%s and %i', (start, n, due) => {
    expect(counted(eng, start, `${n} months`).dueDate).toBe(due);
  });

  test('a leap day counts as a day', () => {
    expect(counted(eng, '2028-02-28', '2 calendar days').dueDate).toBe('2028-03-01');
    expect(counted(eng, '2027-02-28', '2 calendar days').dueDate).toBe('2027-03-02');
  });

  test('a stop moves the day by as many days as it hid', () => {
    expect(counted(eng, '2026-01-31', '1 month', { stops: [stop(eng, '2026-02-10', '2026-02-13')] }).dueDate).toBe('2026-03-03');
  });
});

describe('when the last day ends', () => {
  test('at the end of the local day, also on the days on which clocks are changed', () => {
    expect(counted(eng, '2026-03-28', '1 calendar day').dueAt).toBe('2026-03-29T22:59:59.999Z');
    expect(counted(eng, '2026-10-24', '1 calendar day').dueAt).toBe('2026-10-25T23:59:59.999Z');
  });

  test('at the close of business', () => {
    expect(counted(cn, '2026-03-02', { count: '5 working days', ends: 'close-of-business' }).dueAt).toBe('2026-03-09T10:00:00.000Z');
  });

  test('at an hour of its own', () => {
    expect(counted(cn, '2026-03-02', { count: '5 working days', ends: '17:30' }).dueAt).toBe('2026-03-09T09:30:00.000Z');
    expect(counted(cn, '2026-03-02', { count: '5 working days', ends: '24:00' }).dueAt).toBe('2026-03-09T15:59:59.999Z');
  });
});

describe('working hours', () => {
  test('pass over lunch', () => {
    expect(counted(cn, '2026-03-02 11:00', '3 working hours').dueAt).toBe(moment(cn, '2026-03-02 16:00'));
  });

  test('pass over night and weekend', () => {
    expect(counted(cn, '2026-03-06 17:00', '3 working hours').dueAt).toBe(moment(cn, '2026-03-09 11:00'));
  });

  test('begin when the office opens', () => {
    expect(counted(cn, '2026-03-07 20:00', '1 working hour').dueAt).toBe(moment(cn, '2026-03-09 10:00'));
  });

  test('may end at the very close', () => {
    expect(counted(cn, '2026-03-02 09:00', '7 working hours').dueAt).toBe(moment(cn, '2026-03-02 18:00'));
  });

  test('stand while the clock is stopped', () => {
    const stops = [stop(cn, '2026-03-02 10:00', '2026-03-03 10:00')];
    expect(counted(cn, '2026-03-02 09:00', '3 working hours', { stops }).dueAt).toBe(moment(cn, '2026-03-03 12:00'));
  });
});

describe('minutes', () => {
  const callOut = { count: '15 minutes', night: { count: '30 minutes', from: '22:00', to: '06:00' } };

  test.each([
    ['2026-03-02 21:59', '2026-03-02 22:14'],
    ['2026-03-02 22:00', '2026-03-02 22:30'],
    ['2026-03-02 23:50', '2026-03-03 00:20'],
    ['2026-03-03 05:59', '2026-03-03 06:29'],
    ['2026-03-03 06:00', '2026-03-03 06:15'],
  ])('called out at %s', (start, due) => {
    expect(counted(cn, start, callOut).dueAt).toBe(moment(cn, due));
  });

  test('run on through the night, weekends and changes of clocks', () => {
    expect(counted(eng, '2026-03-29 00:50', '30 minutes').dueAt).toBe('2026-03-29T01:20:00.000Z');
    expect(counted(cn, '2026-10-03 12:00', '30 minutes').dueAt).toBe(moment(cn, '2026-10-03 12:30'));
  });
});

describe('stops', () => {
  test('between: the days of the stop do not count, those before and after do', () => {
    // Three working days used (3, 4, 5 March); the 9th is the day of resumption, so counting goes on with the 10th.
    expect(counted(cn, '2026-03-02', '5 working days', { stops: [stop(cn, '2026-03-05', '2026-03-09')] }).dueDate).toBe('2026-03-11');
  });

  test('whole, FOIA s.10(2): the day of the notice and the day of payment do not count either', () => {
    const whole = counted(eng, '2026-03-02', '20 working days', { stops: [stop(eng, '2026-03-05', '2026-03-09', 'whole')] });
    // 3 and 4 March are two; 5, 6 and 9 March are left out; eighteen more from the 10th, over Good Friday and Easter Monday.
    expect(whole.dueDate).toBe('2026-04-02');
    expect(counted(eng, '2026-03-02', '20 working days', { stops: [stop(eng, '2026-03-05', '2026-03-09')] }).dueDate).toBe('2026-04-01');
  });

  test('a stop on one day takes nothing, or that day', () => {
    const due = (['between', 'whole'] as const).map((kind) => {
      const stops = [stop(cn, '2026-03-05 09:00', '2026-03-05 15:00', kind)];
      return counted(cn, '2026-03-02', '5 working days', { stops }).dueDate;
    });
    expect(due).toEqual(['2026-03-09', '2026-03-10']);
  });

  test('calendar days stand too', () => {
    expect(counted(cn, '2026-03-02', '30 calendar days', { stops: [stop(cn, '2026-03-12', '2026-03-17')] }).dueDate).toBe('2026-04-06');
  });

  test('several add up, and overlapping ones hide no day twice', () => {
    const stops = [stop(cn, '2026-03-12', '2026-03-17'), stop(cn, '2026-03-15', '2026-03-18'), stop(cn, '2026-03-20', '2026-03-21')];
    expect(counted(cn, '2026-03-02', '30 calendar days', { stops }).dueDate).toBe('2026-04-08');
  });

  test.each([
    ['5 working days', '2026-03-09'], ['7 calendar days', '2026-03-09'], ['1 month', '2026-04-02'], ['3 working hours', '2026-03-02'],
    ['30 minutes', '2026-03-02'],
  ])('one that begins when %s have run out changes nothing', (count, due) => {
    expect(counted(cn, '2026-03-02', count, { stops: [stop(cn, '2026-05-06', '2026-05-12')] }).dueDate).toBe(due);
  });

  test('one on the last day still counts, also where that day was reached by rolling on', () => {
    const stops = [stop(cn, '2026-03-09 09:00', '2026-03-12 09:00')];
    expect(counted(cn, '2026-03-02', '5 working days', { stops }).dueDate).toBe('2026-03-12');
    expect(counted(cn, '2026-03-02', { count: '5 calendar days', lastDay: 'rolls' }, { stops }).dueDate).toBe('2026-03-12');
  });
});

test('an extension is counted on from the limit, not from its grant', () => {
  expect(counted(cn, '2026-08-05', '60 calendar days', { extra: 30 }).dueDate).toBe('2026-11-03');
  expect(counted(foi, '2026-03-02', '20 working days', { extra: 20 }).dueDate).toBe(counted(foi, '2026-03-02', '40 working days').dueDate);
});

test('a day set by the action itself is the last day', () => {
  expect(counted(cn, '2026-09-01', { field: 'deadline' }, { fixed: day('2026-10-05') })).toMatchObject({ dueDate: '2026-10-05', actBy: '2026-09-30' });
  expect(() => counted(cn, '2026-09-01', { field: 'deadline' })).toThrow();
});

test('a date beyond the announced holidays is provisional', () => {
  expect(counted(cn, '2026-12-10', '15 working days').provisional).toBe(false);
  expect(counted(cn, '2026-12-10', '16 working days').provisional).toBe(true);
});

describe('the explanation', () => {
  const steps: Step[] = [];
  reckon({ calendar: cn, limit: Limit.parse('10 working days'), lastDayIfSilent: 'stays', origin: moment(cn, '2026-09-24 16:00') }, steps);

  test('goes through the count step by step', () => {
    expect(steps.map((s) => s.kind)).toEqual(['start', 'first-day', 'count', 'due-at']);
  });

  test('names each day, its number or the reason why it has none', () => {
    const days = steps.find((s) => s.kind === 'count')?.days ?? [];
    expect(days[0]).toEqual({ day: '2026-09-25', why: { zh: '中秋节', en: 'Mid-Autumn Festival' } });
    expect(days.find((d) => d.day === '2026-10-10')).toMatchObject({ counted: 6, why: { zh: '国庆节调休上班' } });
    expect(days.at(-1)).toEqual({ day: '2026-10-15', counted: 10 });
  });

  test('says it in both languages', () => {
    const count = steps.find((s) => s.kind === 'count')?.text;
    expect(count?.zh).toContain('2026-09-25 至 2026-09-27 中秋节');
    expect(count?.en).toContain('2026-10-01 to 2026-10-07 National Day');
  });
});

describe('a count so many times over', () => {
  test('is that many, whatever its unit, and says so', () => {
    const steps: Step[] = [];
    const limit = Limit.parse({ count: '1 working day', times: 'days' });
    expect(reckon({ calendar: cn, limit, lastDayIfSilent: 'stays', origin: moment(cn, '2026-08-05'), multiple: 10 }, steps)).toEqual(counted(cn, '2026-08-05', '10 working days'));
    expect(steps.find((s) => s.kind === 'times')?.text).toEqual({ zh: '1 个工作日 × 10，即 10 个工作日。', en: '1 working day, 10 times: 10 working days.' });
    expect(counted(cn, '2026-08-05', { count: '3 working hours', times: 'n' }, { multiple: 4 })).toEqual(counted(cn, '2026-08-05', '12 working hours'));
    expect(counted(cn, '2026-08-05', { count: '2 months', times: 'n' }, { multiple: 3 })).toEqual(counted(cn, '2026-08-05', '6 months'));
  });
});

describe('months of which the first day is counted', () => {
  // To the day before the same-numbered one; where there is none such, to the last of the month.
  test.each([
    ['2026-10-01', 1, '2026-10-31'], ['2026-02-01', 1, '2026-02-28'], ['2028-02-01', 1, '2028-02-29'], ['2026-03-01', 1, '2026-03-31'],
    ['2026-02-13', 3, '2026-05-12'], ['2026-01-31', 1, '2026-02-28'], ['2026-01-29', 1, '2026-02-28'], ['2026-01-28', 1, '2026-02-27'], ['2025-12-31', 2, '2026-02-28'],
  ])('%s and %i', (start, n, end) => expect(counted(cn, start, { count: `${n} months`, firstDay: 'included' }).dueDate).toBe(end));
});
