import { describe, expect, test } from 'vitest';
import { caseRows } from '../bench/cases.ts';
import { logPrinter } from '../src/cli/log-output.ts';
import { LogError } from '../src/logs/index.ts';
import { backtest } from '../src/rehearse/index.ts';
import { type Flags, runUnder, tested } from './support/logs.ts';

const HEAD = 'id,received,replied';

describe('a log with one row per case', () => {
  test('a reply stands for every step up to the answer, and is judged by the legal day', async () => {
    const { cases, summary } = await tested([HEAD, 'a,2026-03-02 10:00,2026-03-17 23:59', 'b,2026-03-02 10:00,2026-03-18 00:00'], 'xinfang-2022');
    const decide = cases.map((c) => c.duties.find((d) => d.duty === 'decide'));
    expect(decide).toEqual([
      { duty: 'decide', status: 'met', dueDate: '2026-03-17', metAt: '2026-03-17T15:59:00.000Z', late: false, escalations: 0 },
      // On the stroke of midnight it is late, but nobody has been told before it was done.
      { duty: 'decide', status: 'met', dueDate: '2026-03-17', metAt: '2026-03-17T16:00:00.000Z', late: true, escalations: 0 },
    ]);
    expect(summary).toMatchObject({ cases: 2, rows: 2, notJudged: 0, escalations: 0, map: { received: 'received', accept: 'replied', 'issue-opinion': 'replied', serve: 'replied' } });
    expect(summary.duties['decide']).toMatchObject({ count: 2, met: 2, late: 1 });
    expect(summary.filled).toMatchObject({ 'accept.notice': 'log', 'issue-opinion.outcome': 'support' });
    expect(summary.unseen).toContain('archive');
  });

  test('a late reply is told up the ladder at each rung across the holiday, and again at the top', async () => {
    const { cases } = await tested([HEAD, 'a,2026-09-21 10:00,2026-10-29 09:00'], 'xinfang-2022');
    // 7, 9, 11, 15, 22 and 29 October, each at midnight.
    expect(cases[0]?.duties[0]).toMatchObject({ dueDate: '2026-10-06', late: true, escalations: 6 });
  });

  test('an open case is left at the end of the log, or where --until says', async () => {
    const rows = [HEAD, 'open,2026-03-02 10:00,', 'last,2026-03-02 10:00,2026-03-20 10:00'];
    const { cases, summary } = await tested(rows, 'xinfang-2022');
    expect(summary.until).toBe('2026-03-20T02:00:00.000Z');
    expect(cases[0]?.duties).toEqual([{ duty: 'decide', status: 'open', dueDate: '2026-03-17', metAt: null, late: true, escalations: 2 }]);
    const early = await tested(rows, 'xinfang-2022', { until: '2026-03-16' });
    expect(early.cases.map((c) => c.duties)).toEqual([
      [{ duty: 'decide', status: 'open', dueDate: '2026-03-17', metAt: null, late: false, escalations: 0 }],
      [{ duty: 'decide', status: 'open', dueDate: '2026-03-17', metAt: null, late: false, escalations: 0 }],
    ]);
    expect(early.summary.dirt).toEqual({ empty: 1, 'after-until': 1 });
  });

  test('columns named as actions are those actions; --map and --field say the rest', async () => {
    const named = await tested(['id,received,answer', 'a,2026-03-02,2026-03-30'], 'uk-foi-2000');
    expect(named.cases[0]?.duties).toEqual([{ duty: 'respond', status: 'met', dueDate: '2026-03-31', metAt: '2026-03-30T22:59:00.000Z', late: false, escalations: 0 }]);
    const mapped = await tested(['nr,in,out,by', 'a,2026-03-02,2026-03-30,2026-03-20'], 'xinfang-2022', {
      id: 'nr', map: ['received=in,accept=in', 'report-back=out'], field: ['received.deadline=@by,received.origin=assigned'],
    });
    expect(mapped.cases[0]?.duties.find((d) => d.duty === 'report-back')).toMatchObject({ dueDate: '2026-03-20', late: true });
  });

  test('made-up cases come out in the proportion that was put in', async () => {
    const { summary } = await tested(caseRows(2000), 'xinfang-2022');
    expect(summary.cases).toBe(2000);
    const late = summary.duties['decide']?.late ?? 0;
    expect(late / 2000).toBeGreaterThan(0.33);
    expect(late / 2000).toBeLessThan(0.43);
  });
});

test('a log with one row per event: what happened is mapped, and a right lapses', async () => {
  const rows = [
    'id,activity,date',
    'f1,Create Fine,2010-01-04', 'f1,Insert Fine Notification,2010-02-01', 'f1,Add penalty,2010-04-02', 'f1,Payment,2010-04-20',
    'f2,Insert Fine Notification,2010-02-01', 'f2,Payment,2010-02-20', 'f2,Add penalty,2010-04-03',
    'f3,Create Fine,2010-01-04', 'f3,Payment,2010-01-05',
    'f4,Insert Fine Notification,2010-02-01', 'f4,Payment,2010-03-01', 'f4,Insert Date Appeal to Prefecture,2010-03-01',
  ];
  const { cases, summary } = await tested(rows, 'examples/procedures/it-fine.yaml');
  const all = Object.fromEntries(cases.map((c) => [c.id, c.duties.map(({ duty, dueDate, status, late }) => [duty, dueDate, status, late])]));
  // 2 April 2010 was the sixtieth day, and Good Friday is no holiday in Italy.
  expect(all['f1']).toEqual([['pay-or-appeal', '2010-04-02', 'lapsed', false], ['penalty', '2010-04-02', 'met', false]]);
  expect(all['f2']).toEqual([['pay-or-appeal', '2010-04-02', 'met', false], ['penalty', '2010-04-02', 'met', true]]);
  expect(all['f4']?.[0]).toEqual(['pay-or-appeal', '2010-04-02', 'met', false]);
  expect(summary.dirt).toEqual({ 'no-receipt': 1, 'same-day': 1 });
  expect(summary.outside).toEqual({ 'Create Fine': 2 });
});

describe('dirt is reported by line and counted, never dropped in silence', () => {
  test.each([
    ['empty', 'x,2026-03-02 10:00,', true],
    ['no-receipt', 'x,,2026-03-10 10:00', false],
    ['no-id', ',2026-03-02 10:00,2026-03-10 10:00', false],
    ['bad-row', 'x,2026-03-02 10:00', false],
    ['bad-date', 'x,2026-02-30 10:00,2026-03-10 10:00', false],
    ['bad-date', 'x,2026-03-02 10:00,soon', false],
    ['in-the-future', 'x,2026-03-02 10:00,2027-03-10 10:00', false],
    ['before-receipt', 'x,2026-03-02 10:00,2026-03-01 10:00', false],
    ['within-a-minute', 'x,2026-03-02 10:00:00,2026-03-02 10:00:45', true],
    ['repeated-id', 'first,2026-03-02 10:00,2026-03-10 10:00', true],
  ] as const)('%s', async (code, row, judged) => {
    const { cases, summary } = await tested([HEAD, 'first,2026-03-02 10:00,2026-03-10 10:00', row], 'xinfang-2022');
    expect(summary.dirt).toEqual({ [code]: 1 });
    expect(summary.problems).toMatchObject([{ row: 3, code }]);
    expect([summary.cases, summary.notJudged]).toEqual(judged ? [2, 0] : [1, 1]);
    expect(cases).toHaveLength(summary.cases);
  });

  test('a step that the procedure refuses is left out and said', async () => {
    const { cases, summary } = await tested(['id,received,issue-opinion,serve', 'a,2026-03-02,2026-03-05,2026-03-06'], 'xinfang-2022', { map: ['received=received,issue-opinion=issue-opinion,serve=serve'] });
    expect(summary.dirt).toEqual({ refused: 2 });
    expect(summary.problems[0]?.text.en).toContain('out-of-turn');
    // Serving an opinion would have told of the decision too; nothing was served.
    expect(cases[0]?.duties).toMatchObject([{ duty: 'decide', status: 'open', metAt: null }]);
  });

  test('a log of events that is not sorted by case says so', async () => {
    const rows = ['id,activity,date', 'a,received,2026-03-02', 'b,received,2026-03-02', 'a,answer,2026-03-05', 'b,answer,2026-03-05'];
    const { summary } = await tested(rows, 'uk-foi-2000');
    expect(summary.dirt).toEqual({ 'repeated-id': 2, 'no-receipt': 2 });
  });
});

test.each<[Flags, string, RegExp]>([
  [{ map: ['accept=replied'] }, '--map', /received/],
  [{ map: ['received=received,accept=answered'] }, '--map', /no column "answered"/],
  [{ map: ['received=received,acept=replied'] }, '--map', /no action "acept"/],
  [{ map: ['received=received,accept'] }, '--map', /wrong at "accept"/],
  [{ map: ['received=received,assign=replied'] }, '--field', /needs the date deadline/],
  [{ map: ['received=received,evaluate=replied'] }, '--map', /nothing to judge/],
  [{ field: ['accept.note=x'] }, '--field', /no field note/],
  [{ events: 'id,what,when' }, '--events', /no column "id|no column "what"|when/],
  [{ id: 'number' }, '--id', /no column "number"/],
  [{ until: '2026-02-30' }, '--until', /no such time/],
  [{ channel: 'pigeon' }, '--channel', /no channel "pigeon"/],
])('flags that do not fit name what is wrong: %o', async (flags, field, text) => {
  const error: unknown = await tested([HEAD, 'a,2026-03-02,2026-03-10'], 'xinfang-2022', flags).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(LogError);
  expect(error).toMatchObject({ field });
  expect(error instanceof LogError ? `${error.text.en} ${error.text.zh}` : '').toMatch(text);
});

test('cases are printed one by one, and the whole is one JSON object', async () => {
  for (const rows of [[HEAD], [HEAD, 'a,2026-03-02,2026-03-10', 'b,2026-03-02,'], [HEAD, 'a,2026-02-30,']]) {
    const lines: string[] = [];
    const io = { lang: 'en', debug: false, out: (line: string) => void lines.push(line), progress: () => undefined, done: () => undefined } as const;
    const printer = logPrinter(io, true, { zh: '', en: '' });
    const { cases, summary } = await tested(rows, 'xinfang-2022');
    cases.forEach((c, i) => printer.each(c, i + 1));
    printer.end(summary);
    expect(lines).toHaveLength(cases.length + 1);
    expect(JSON.parse(lines.join(''))).toEqual(JSON.parse(JSON.stringify({ cases, summary })));
  }
});

test('a file that is not there, or is empty, says so', async () => {
  await expect(backtest('nowhere.csv', runUnder('xinfang-2022'), () => undefined)).rejects.toBeInstanceOf(LogError);
  await expect(tested([], 'xinfang-2022')).rejects.toThrow(/empty/);
});
