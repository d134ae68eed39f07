import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCases } from '../bench/figures-cases.ts';
import { Instant, viewOf } from '../src/core/index.ts';
import { loadRules } from '../src/figures/load.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister, type Register } from '../src/register/index.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { type Ran, redress } from './support/redress.ts';

const made = [...makeCases({ cases: 40, seed: 41, from: Instant.parse('2026-01-10T00:00:00.000Z'), until: Instant.parse('2026-11-20T00:00:00.000Z'), aside: 0.3 })];
/** What a spreadsheet program would compute. */
const FORMULA = '=cmd|calc';

let postgres: Postgres;
let register: Register;
let home: string;
let run: (...args: string[]) => Promise<Ran>;
beforeAll(async () => {
  [postgres, home] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'redress-figures-'))]);
  const url = await postgres.database('cli');
  register = await openRegister({ url });
  await register.importInstitution(await loadInstitution('examples/institution.yaml'));
  for (const [i, c] of made.entries()) {
    const [opened, ...rest] = c.events;
    if (opened?.type !== 'opened') throw new Error('a timeline begins with "opened"');
    const unit = i === 0 ? FORMULA : c.state.unit;
    await register.admit(c.intake);
    await register.record([{ ...opened, unit }, ...rest], { ...viewOf(c.state), unit });
  }
  run = (...args) => redress(args, { env: { DATABASE_URL: url, TEMPORAL_ADDRESS: '127.0.0.1:1', REDRESS_HOME: home } });
});
afterAll(async () => {
  await register?.close();
  await postgres?.stop();
  await rm(home, { recursive: true, force: true });
});

const receipts = (): string[] => made.map((c) => c.intake.receipt);

test('statistics are those of the register, in figures, in words and by group', async () => {
  const json = await run('stats', '--to', '2026-10-31', '--by', 'unit', '--json');
  expect(json.code).toBe(0);
  const shown: { asOf: Instant } = JSON.parse(json.out);
  const { definitions, zones } = loadRules(await register.figures.rules());
  expect(shown).toMatchObject({ to: '2026-10-31', by: 'unit' });
  const { total } = await register.figures.statistics({ asOf: shown.asOf, definitions, zones });
  const zh = await run('stats', '--lang', 'zh');
  expect(zh.out).toContain('统计期：全部');
  expect(zh.out).toMatch(new RegExp(`及时受理率 +\\d+\\.\\d% \\(${total.accepted.onTime}/${total.accepted.due}\\)`));
  const en = await run('stats', '--lang', 'en', '--by', 'month', '--from', '2026-03-01', '--to', '2026-04-30');
  expect(en.out.split('\n').filter((line) => line.startsWith('20')).map((line) => line.slice(0, 7))).toEqual(['2026-03', '2026-04']);
  expect((await run('stats', '--lang', 'zh', '--by', 'unit')).out).toContain('街道办事处');
});

test('any choice of a procedure can be what they are grouped by, under its own words', async () => {
  const zh = await run('stats', '--by', 'subject', '--lang', 'zh');
  expect(zh.out).toMatch(/^问题类别 +收件/m);
  expect(zh.out).toMatch(/^未归类 +\d+/m);
  const { groups, total }: { groups: { group: string; figures: { received: number } }[]; total: { received: number } } = JSON.parse((await run('stats', '--by', 'track', '--json')).out);
  expect(groups.map((g) => g.group)).toContain('ordinary');
  expect(groups.reduce((sum, g) => sum + g.figures.received, 0)).toBe(total.received);
});

const received = async (...args: string[]): Promise<number> => {
  const { total }: { total: { received: number } } = JSON.parse((await run('stats', ...args, '--json')).out);
  return total.received;
};

test('a unit with those below it is the sum of its parts', async () => {
  const parts = await Promise.all(['street', 'civil-affairs'].map((unit) => received('--unit', unit)));
  expect(parts.every((n) => n > 0)).toBe(true);
  // Of the units of these cases only these two are units of the institution.
  expect(await received('--unit', 'street', '--with-below')).toBe(parts.reduce((sum, n) => sum + n, 0));
  expect(await received('--unit', 'district', '--with-below')).toBe(await received('--unit', 'street', '--with-below'));
});

test('a CSV opens in a spreadsheet program as it is, and nothing in it is computed', async () => {
  const { out, code, err } = await run('stats', '--by', 'unit', '--csv', '-', '--lang', 'zh');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.startsWith('\ufeff单位,收件,及时受理率（%）')).toBe(true);
  const rows: Record<string, string>[] = parse(out, { bom: true, columns: true });
  expect(rows.find((r) => r['单位']?.includes('cmd'))?.['单位']).toBe(`'${FORMULA}`);
  expect(rows.at(-1)).toMatchObject({ 单位: '合计', 收件: '40' });
  expect(rows.slice(0, -1).reduce((sum, r) => sum + Number(r['收件']), 0)).toBe(40);
});

test('an XLSX has the same figures as numbers, for its owner alone', async () => {
  const file = join(home, 'statistics.xlsx');
  const { code, err, out } = await run('stats', '--by', 'quarter', '--xlsx', file, '--lang', 'en');
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toMatch(/rows are in .*statistics\.xlsx/);
  const [sheet] = (await readXlsx(await readFile(file))).sheets;
  const csv: string[][] = parse((await run('stats', '--by', 'quarter', '--csv', '-', '--lang', 'en')).out, { bom: true });
  expect(sheet?.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))).toEqual(csv);
  expect(typeof sheet?.rows[1]?.[1]).toBe('number');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0);
});

test.each([
  [['stats', '--from', '2026-02-30'], /--from.*2026-02-30/],
  [['stats', '--from', '2026-05-01', '--to', '2026-04-30'], /--to 2026-04-30 lies before/],
  [['stats', '--by', 'weather'], /--by.*"weather".*month.*subject/],
  [['stats', '--by', 'receiver'], /--by.*"receiver"/],
  [['stats', '--with-below'], /--with-below.*--unit/],
  [['stats', '--act'], /--act.*--for/],
  [['stats', '--for', 'x', '--by', 'month'], /--for.*--by/],
  [['stats', '--unit', 'nowhere'], /no unit "nowhere"; there are .*street/],
  [['stats', '--procedure', 'nothing'], /"nothing"; there are .*xinfang-2022/],
  [['stats', '--json', '--csv', '-'], /--json.*--csv/],
  [['stats', '--xlsx', '-'], /--xlsx/],
  [['ledger', '--from', 'yesterday'], /--from.*yesterday/],
  [['ledger', 'explain', '0000-0000-0000', 'decide', 'text', '--as', 'office', '--person', 'officer-a'], /no case.*0000-0000-0000/],
  [['ledger', 'explain', '0000-0000-0000', 'decide', 'text', '--as', 'office'], /--person/],
  [['search', '　'], /what to look for/],
])('%j is refused with what to do', async (args, words) => {
  const { code, out, err } = await run(...args, '--lang', 'en');
  expect(code).not.toBe(0);
  expect(out).toBe('');
  expect(err).toMatch(words);
});

test('the ledger lists entries, takes an explanation and shows it', async () => {
  const { entries }: { entries: { receipt: string; instance: string; duty: string }[] } = JSON.parse((await run('ledger', '--json')).out);
  expect(entries.length).toBeGreaterThan(3);
  const [first] = entries;
  if (!first) throw new Error('no entry');
  expect((await run('ledger', '--lang', 'zh')).out).toContain(first.receipt);
  const said = await run('ledger', 'explain', first.receipt.toLowerCase(), first.instance, '当日停电，', '次日补办。', '--as', 'office', '--person', 'officer-a', '--lang', 'zh');
  expect(said).toMatchObject({ code: 0, out: '' });
  const shown = await run('ledger', '--receipt', first.receipt, '--lang', 'zh');
  expect(shown.out).toContain('值班员甲：当日停电， 次日补办。');
  const refused = await run('ledger', 'explain', first.receipt, 'nothing', '无', '--as', 'office', '--person', 'officer-a', '--lang', 'en');
  expect(refused.err).toContain('no entry "nothing"');
  const rows: Record<string, string>[] = parse((await run('ledger', '--person', 'officer-a', '--csv', '-', '--lang', 'zh')).out, { bom: true, columns: true });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ 登记号: first.receipt, 编号: first.instance });
});

test('a search shows what it finds and says nothing of it elsewhere', async () => {
  const { intake } = made[5] ?? {};
  if (!intake) throw new Error('no case');
  const words = intake.contact.name ?? '';
  const zh = await run('search', words, '--lang', 'zh');
  expect(zh).toMatchObject({ code: 0, err: '' });
  expect(zh.out).toContain(intake.receipt);
  expect((await run('search', words, '--no-petitioner', '--lang', 'zh')).out).toBe('没有找到。\n');
  const { found }: { found: { receipt: string }[] } = JSON.parse((await run('search', '街道办事处', '--json')).out);
  expect(found.length).toBeGreaterThan(0);
  for (const { receipt } of found) expect(receipts()).toContain(receipt);
});
