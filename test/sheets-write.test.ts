import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, type Column, defused, openSheet, type OutRow, type Row, undefused, writeBook, writeRows } from '../src/sheets/index.ts';
import { withFile } from './support/sheets.ts';

const COLUMNS: readonly Column[] = [{ key: 'a', title: '编号' }, { key: 'b', title: '=内容' }, { key: 'n', title: 'n', kind: 'number' }];
const WEIRD = ['=1+1', '+86', '-5', '@sum', '＝1', '＋1', '－1', '＠x', ' =1', '\t=1', '\r', "'=1", "'plain", "''", '"', '""', 'a"b', 'a,b', 'a;b', 'a\r\nb', 'a\rb', '\u3000全角', '#REF', '_x000D_', '𠮷野家', 'null', '00123', '1e3', '&amp;<b>', '\u0007', '2026-01-05'];
/** Any text but the error values, which are no text in a sheet, and U+FFFD, which marks damage. */
const weird = fc.oneof(fc.constantFrom(...WEIRD), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 })).filter((t) => !t.includes('\ufffd') && t.isWellFormed() && !/[\0\ufffe\uffff]/.test(t));

async function written(rows: readonly OutRow[], format: 'csv' | 'xlsx', columns = COLUMNS): Promise<{ columns: readonly string[]; rows: Row[] }> {
  return withFile('', async (file) => {
    await writeRows(file, columns, rows, format);
    const sheet = await openSheet(file, { trim: false });
    const read: Row[] = [];
    for await (const row of sheet.rows()) read.push(row);
    return { columns: sheet.columns, rows: read };
  });
}

test.each(['csv', 'xlsx'] as const)('what is written as %s is read again as the same, whatever the cells hold', async (format) => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(weird, weird, fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 8 }), async (given) => {
    const rows = given.map(([a, b, n], i) => ({ a: `${i}${a}`, b, n }));
    const { rows: read } = await written(rows, format);
    const back = read.map(({ cells }) => [cells['编号'], cells["'=内容"] ?? cells['=内容'] ?? '', Number(cells['n'])]);
    expect(back).toEqual(rows.map(({ a, b, n }) => [a, b, n === 0 ? 0 : n]));
    expect(read.flatMap((r) => r.problems)).toEqual([]);
  }), { numRuns: 150 });
});

test('what could be a formula is defused, and nothing else is touched', () => {
  for (const risky of ['=1', '+1', '-1', '@x', '\t1', '\r1', '\n1', '＝1', '＋1', '－1', '＠1', ' =1', '\u00a0=1', '\u3000＝1', "'=1", "''+1", '\u200b=1']) expect(defused(risky)).toBe(`'${risky}`);
  for (const plain of ['', 'a=1', '1-1', "'a", '“=1”', '张', '5']) expect(defused(plain)).toBe(plain);
  fc.assert(fc.property(weird, (t) => undefused(defused(t)) === t && (defused(t) === t || defused(t) === `'${t}`)), { numRuns: 2000 });
});

test('no cell of a CSV begins like a formula, and programs that show Chinese by the mark do', async () => {
  const out = new PassThrough();
  const all = buffer(out);
  expect(await writeRows(out, COLUMNS, WEIRD.map((a) => ({ a, b: a, n: -5 })), 'csv')).toBe(WEIRD.length);
  out.end();
  const text = (await all).toString();
  expect(text.startsWith('\ufeff编号')).toBe(true);
  for (const [, cell = ''] of text.matchAll(/(?:^|,)"?([^",\r\n]*)/gm)) if (!/^-?\d+$/.test(cell)) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
});

test('dates become true dates in a workbook and come back as they were', async () => {
  const columns: Column[] = [{ key: 'd', title: 'd', kind: 'date' }, { key: 't', title: 't', kind: 'time' }];
  const rows = [{ d: '2026-01-05', t: '2026-01-05 15:30' }, { d: '1900-03-01', t: '2026-12-31 23:59:59' }, { d: '1899-01-01', t: null }];
  const { rows: read } = await written(rows, 'xlsx', columns);
  expect(read.map((r) => ({ ...r.cells }))).toEqual([{ d: '2026-01-05', t: '2026-01-05 15:30' }, { d: '1900-03-01', t: '2026-12-31 23:59:59' }, { d: '1899-01-01' }]);
});

test('a cell longer than a workbook holds is cut; a table without rows has its header', async () => {
  const { rows } = await written([{ a: 'x'.repeat(40_000) }], 'xlsx');
  expect(String(rows[0]?.cells['编号'])).toHaveLength(32_767);
  for (const format of ['csv', 'xlsx'] as const) expect((await written([], format)).columns[0]).toBe('编号');
});

function* breakingOff(): Generator<OutRow> {
  for (let i = 0; i < 20_000; i += 1) yield { a: `${i}`, b: 'x' };
  throw new Error('the database is away');
}

describe('a file is there as a whole or not at all', () => {
  test.each(['csv', 'xlsx'] as const)('%s', (format) =>
    withFile('before', async (file) => {
      await expect(writeRows(file, COLUMNS, breakingOff(), format)).rejects.toThrow('the database is away');
      expect(await readdir(dirname(file))).toEqual(['table']);
    }));
});

test('a book of several sheets', () =>
  withFile('', async (file) => {
    await writeBook(file, [{ name: '单位', columns: COLUMNS, rows: [{ a: '1', b: '=x', n: 2 }] }, { name: 'a/b:很长的名字很长的名字很长的名字很长的名字很长的名字', columns: COLUMNS, rows: [] }]);
    const sheet = await openSheet(file, { sheet: '单位' });
    expect(sheet.sheets).toHaveLength(2);
    const read: Row[] = [];
    for await (const row of sheet.rows()) read.push(row);
    expect(read.map((r) => ({ ...r.cells }))).toEqual([{ 编号: '1', "'=内容": '=x', n: 2 }]);
  }));

test('rows are read as fast as they are used: a hundred thousand do not lie in memory', () =>
  withFile('', async (file) => {
    const line = '群众反映道路积水'.repeat(20);
    function* rows(): Generator<Record<string, Cell>> {
      for (let i = 0; i < 100_000; i += 1) yield { a: `${i}`, b: line, n: i };
    }
    for (const format of ['csv', 'xlsx'] as const) {
      const before = process.memoryUsage().rss;
      await writeRows(file, COLUMNS, rows(), format);
      let count = 0;
      for await (const row of (await openSheet(file)).rows()) count += row.problems.length === 0 ? 1 : 0;
      expect(count).toBe(100_000);
      // The rows alone are 32 MB as UTF-8, three times that as cells.
      expect((process.memoryUsage().rss - before) >> 20).toBeLessThan(200);
    }
  }));

test('a workbook of Excel 97', async () => {
  const file = fileURLToPath(new URL('fixtures/register.xls', import.meta.url));
  const sheet = await openSheet(file, { dates: ['收到时间'], fillDown: true });
  const rows: Row[] = [];
  for await (const row of sheet.rows()) rows.push(row);
  expect([sheet.format, sheet.sheets]).toEqual(['xls', ['登记簿']]);
  expect(rows.map((r) => ({ ...r.cells }))).toEqual([
    { 编号: '甲-1', 收到时间: '2026-01-05 15:30', 内容: '积水', 金额: 3.5 },
    { 编号: '甲-2', 收到时间: '2026-01-06', 内容: '噪声' },
    { 编号: '甲-2', 收到时间: '2026-01-07', 内容: '井盖' },
  ]);
});
