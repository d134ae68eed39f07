import { describe, expect, test } from 'vitest';
import { Day, dayOf, numberOf } from '../src/core/index.ts';
import { daysOf } from '../src/figures/period.ts';
import { filledFrom, type Reported, reportsFigures } from '../src/figures/reported.ts';
import { figuresOf } from '../src/figures/statistics.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { periodName } from '../src/schedules/period.ts';

describe('the days of a period', () => {
  test.each([
    ['2026-11', '2026-11-01', '2026-11-30'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
    ['2028-02-29', '2028-02-29', '2028-02-29'],
  ])('%s', (name, from, to) => {
    expect(daysOf(name)).toEqual({ from, to });
  });

  test.each(['2025-W53', '2026-W00', '2026-13', '2026-Q5', '2026-02-29', '十一月', '', '2026-11 ~ 2026-12'])('“%s” is none', (name) => {
    expect(daysOf(name)).toBeUndefined();
  });

  test('is what a schedule called it, on each day of three years', () => {
    for (let n = numberOf(Day.parse('2026-01-01')); n < numberOf(Day.parse('2029-01-01')); n += 1)
      for (const every of ['day', 'week', 'month', 'quarter', 'year'] as const) {
        const period = daysOf(periodName({ every, on: undefined, covers: 'current' }, dayOf(n)));
        expect(period && period.from <= dayOf(n) && dayOf(n) <= period.to, `${every} ${dayOf(n)}`).toBe(true);
      }
  });
});

describe('the fields of a report', () => {
  const { actions } = loadProcedure('periodic-report');
  const counts = { received: 4, 'accepted.on-time': 19, 'accepted.late': 1, 'open.0-15': 2, 'open.61-90': 1, 'rated.satisfied': 2, 'rated.dissatisfied': 1 };
  const reported: Reported = { total: figuresOf(Object.entries(counts).map(([what, n]) => ({ what, n }))), subjects: new Map([['hardship', 3], ['policy', 1], ['land', 0]]) };
  const fields = actions['file-report']?.fields ?? {};

  test('are filled by their names, those of subjects too, in the words of the language', () => {
    expect(filledFrom(fields, reported, 'zh')).toEqual({
      received: '4 件', acceptedOnTime: '95.0%（19/20）', finishedOnTime: '本期无到期事项', satisfaction: '66.7%（2/3）', open: '3 件', hardship: '3 件', policy: '1 件',
    });
    expect(filledFrom(fields, reported, 'en')).toMatchObject({ received: '4 cases', acceptedOnTime: '95.0% (19/20)', finishedOnTime: 'nothing came due', policy: '1 case' });
  });

  test('have no line for what nobody said, and those that must be there are always there', () => {
    const filled = filledFrom(fields, { total: figuresOf([]), subjects: new Map() }, 'zh');
    expect(filled).toEqual({ received: '0 件', acceptedOnTime: '本期无到期事项', finishedOnTime: '本期无到期事项', open: '0 件' });
    for (const [name, field] of Object.entries(fields)) if (!field.optional) expect(filled).toHaveProperty(name);
  });

  test('are those of an action that reports figures, and of no other', () => {
    expect(Object.entries(actions).filter(([, a]) => reportsFigures(a.fields)).map(([name]) => name)).toEqual(expect.arrayContaining(['file-report', 'correct-report']));
    expect(reportsFigures(actions['file-nil-report']?.fields ?? {})).toBe(false);
    expect(Object.values(loadProcedure('xinfang-2022').actions).some((a) => reportsFigures(a.fields))).toBe(false);
  });
});
