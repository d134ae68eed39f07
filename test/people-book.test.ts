import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cell, readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Institution, loadInstitution, parseInstitution } from '../src/institution/index.ts';
import { BookError, loadBook, placed } from '../src/people/from-book.ts';
import { writeOrganisation } from '../src/people/write-book.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-book-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ANY = { id: 'x', title: { zh: '甲', en: 'A' }, lang: 'zh', zone: 'Asia/Shanghai' } as const;
type Row = WriteSheet['rows'] extends (infer R)[] | undefined ? R : never;

/** A small office in Chinese, as a clerk fills it in. */
const SHEETS: Readonly<Record<string, Row[]>> = {
  单位: [['代号', '名称', '英文名称', '上级单位', '联络员', '应急队员'], ['street', '街道办', 'Street office', null, 'a', 'a、b'], ['civil', '民政科', null, 'street', null, null]],
  人员: [['代号', '姓名', '职务', '单位', '电子邮件', '手机', '语言', '通知方式'], ['a', '甲', '主任', 'street', 'a@o.example', 10000000001, '中文', '短信，邮件'], ['b', '乙', null, 'civil', 'b@o.example', null, null, null]],
  岗位: [['单位', '角色', '名称', '公用邮箱', '值班表', '空缺'], ['street', 'leader', '领导', null, null, null], ['street', 'office', null, 'office@o.example', 'duty', null], ['civil', 'leader', null, null, null, '是']],
  任职: [['单位', '角色', '人员', '任职方式', '起', '止'], ['street', 'leader', 'a', '任职', new Date(Date.UTC(2026, 0, 5)), null], ['street', 'leader', 'b', '代理', '2026年1月5日', '2026/12/31']],
  值班表: [['代号', '名称', '单位', '类别', '起始日', '轮换', '班次', '星期', '轮值人员'], ['duty', '值班', 'street', '值班', '2026-01-05', '按班', '8:30-17:30；17：30—8:30', '周一 二，3', 'a，b']],
};

let n = 0;
async function book(change: (sheets: Record<string, Row[]>) => void = () => undefined, more: Partial<Record<string, Omit<WriteSheet, 'name' | 'rows'>>> = {}): Promise<string> {
  const sheets = structuredClone({ ...SHEETS });
  change(sheets);
  const file = join(folder, `${(n += 1)}.xlsx`);
  await writeFile(file, await writeXlsx({ sheets: Object.entries(sheets).map(([name, rows]) => ({ name, rows, ...more[name] })) }));
  return file;
}

const problemsOf = async (file: string): Promise<{ zh: string; en: string }[]> => {
  const error: unknown = await loadBook(file, ANY).then(() => undefined, (e: unknown) => e);
  if (!(error instanceof BookError)) throw error;
  return error.problems.map(placed);
};

describe('a workbook', () => {
  test('as a clerk fills it in, with dates as dates and as text, and full-width signs', async () => {
    const { institution, ignored } = await loadBook(await book((s) => { s['说明'] = [['请勿删除']]; }), ANY);
    expect(ignored).toEqual(['说明']);
    expect(institution).toEqual(parseInstitution(`
id: x
title: { zh: 甲, en: A }
people:
  a: { name: 甲, title: { zh: 主任, en: 主任 }, unit: street, email: a@o.example, phone: "10000000001", lang: zh, ways: [sms, email] }
  b: { name: 乙, unit: civil, email: b@o.example }
rotas:
  duty: { title: { zh: 值班, en: 值班 }, unit: street, kind: duty, starts: 2026-01-05, turn: shift, days: [1, 2, 3], shifts: [{ from: "08:30", to: "17:30" }, { from: "17:30", to: "08:30" }], people: [a, b] }
units:
  street:
    title: { zh: 街道办, en: Street office }
    liaison: a
    reserve: a、b
    posts:
      leader: { title: { zh: 领导, en: 领导 }, holder: { person: a, from: 2026-01-05 }, deputies: { person: b, from: 2026-01-05, to: 2026-12-31 } }
      office: { email: office@o.example, rota: duty }
  civil: { title: { zh: 民政科, en: 民政科 }, parent: street, posts: { leader: { vacant: true } } }
`, 'x.yaml'));
  });

  test.each(['zh', 'en'] as const)('written in %s comes back as it was, the institution itself too', async (lang) => {
    const sample = await loadInstitution('examples/institution.yaml');
    const whole: Institution = { ...sample, notices: { quiet: ['22:00', '07:00'], workingHours: true }, leave: [{ person: 'leader-a', from: '2026-10-08', to: '2026-10-08 12:00', kind: 'travel' }] };
    const file = join(folder, `whole-${lang}.xlsx`);
    await writeOrganisation(file, whole, lang);
    expect(await loadBook(file, undefined)).toEqual({ institution: whole, ignored: [] });
    const { sheets } = await readXlsx(await readFile(file));
    expect(sheets.map((s) => s.name)).toEqual(lang === 'zh' ? ['机构', '单位', '人员', '岗位', '任职', '值班表', '请假'] : ['Institution', 'Units', 'People', 'Posts', 'Holdings', 'Rotas', 'Leave']);
  });

  test('has no cell that a spreadsheet program would compute, and gives back what was meant', async () => {
    const names = ['=HYPERLINK("http://a.example","x")', '+1', '-1', '@SUM(A1)', "'quoted", '\t=1'];
    const people = Object.fromEntries(names.map((name, i) => [`p${i}`, { name: name.trim(), unit: 'street' }]));
    const file = join(folder, 'defused.xlsx');
    const { institution } = await loadBook(await book(), ANY);
    await writeOrganisation(file, { ...institution, people: { ...institution.people, ...people } }, 'en');
    const { sheets } = await readXlsx(await readFile(file));
    const cells: string[] = [];
    for (const sheet of sheets) {
      for (const [, cell] of sheet.cells ?? new Map<string, Cell>()) expect(cell.formula).toBeUndefined();
      for (const row of sheet.rows) for (const value of row) if (typeof value === 'string') cells.push(value);
    }
    expect(cells.filter((text) => /^[=+\-@\t]/.test(text))).toEqual([]);
    expect(cells).toContain(`'${names[0] ?? ''}`);
    expect((await loadBook(file, undefined)).institution.people).toMatchObject(people);
  });
});

const set = (sheet: string, row: number, column: number, value: Row[number]) => (s: Record<string, Row[]>): void => {
  const cells = s[sheet]?.[row - 1];
  if (cells) cells[column] = value;
};

const formula = (cell: Partial<Cell>) => ({ 人员: { cells: new Map([['2,1', cell]]) } });

describe('a mistake in a workbook is named by sheet and row', () => {
  test.each<[string, (s: Record<string, Row[]>) => void, string, string]>([
    ['an unknown person', set('任职', 3, 2, 'z'), '工作表“任职”第 3 行“人员”：人员中没有“z”', 'Sheet "任职", row 3, "人员": there is no person "z"'],
    ['an unknown unit of a person', set('人员', 3, 3, 'nowhere'), '工作表“人员”第 3 行“单位”：没有名为“nowhere”的单位', 'row 3'],
    ['an unknown rota', set('岗位', 3, 4, 'nights'), '工作表“岗位”第 3 行“值班表”：没有“nights”', 'row 3'],
    ['an unknown person on a rota', set('值班表', 2, 8, 'a z'), '工作表“值班表”第 2 行“轮值人员”：人员中没有“z”', 'row 2'],
    ['a post that is not in its sheet', set('任职', 2, 1, 'boss'), '工作表“任职”第 2 行“角色”：工作表“岗位”中没有“street”的“boss”', 'there is no post "boss" of "street"'],
    ['a post of an unknown unit', set('岗位', 2, 0, 'nowhere'), '工作表“岗位”第 2 行“单位”：工作表“单位”中没有“nowhere”', 'row 2'],
    ['a person twice', set('人员', 3, 0, 'a'), '工作表“人员”第 3 行“代号”：“a”前面已有一行', '"a" has a row already'],
    ['a person without an id', set('人员', 3, 0, null), '工作表“人员”第 3 行“代号”：没有填写代号', 'the id is missing'],
    ['a person without a name', set('人员', 3, 1, null), '工作表“人员”第 3 行“姓名”：', 'row 3, "姓名"'],
    ['an e-mail address that is none', set('人员', 2, 4, 'nobody'), '工作表“人员”第 2 行“电子邮件”：无效', 'Invalid email'],
    ['an e-mail address that two have', set('人员', 3, 4, 'a@o.example'), '工作表“人员”第 3 行“电子邮件”：与“a”的电子邮件相同', '"a" has the same e-mail'],
    ['a word that is none', set('任职', 2, 3, '正职'), '工作表“任职”第 2 行“任职方式”：不能填“正职”；可填：任职、代理', 'write one of: holder, deputy'],
    ['a date that does not exist', set('任职', 3, 5, '2026年2月30日'), '工作表“任职”第 3 行“止”：没有“2026年2月30日”这一天', 'row 3'],
    ['a date that is none', set('任职', 3, 4, '年初'), '工作表“任职”第 3 行“起”：“年初”不是日期', 'row 3'],
    ['a holding that ends before it begins', set('任职', 3, 5, '2025-12-31'), '工作表“任职”第 3 行“止”：截止日 2025-12-31 早于开始日 2026-01-05', 'row 3'],
    ['two holders at once', set('任职', 3, 3, '任职'), '工作表“任职”第 3 行：任职时间与“a”重叠', 'row 3'],
    ['shifts that overlap', set('值班表', 2, 6, '08:00-17:30; 17:00-09:00'), '工作表“值班表”第 2 行“班次”：与另一班次', 'overlaps'],
    ['a weekday that is none', set('值班表', 2, 7, '周八'), '工作表“值班表”第 2 行“星期”：', 'row 2'],
    ['a column that is none', set('人员', 1, 5, '手机号码'), '工作表“人员”“手机号码”：没有“手机号码”这一列；可用的列：代号、姓名', 'there is no column'],
  ])('%s', async (_what, change, zh, en) => {
    const found = await problemsOf(await book(change));
    const named = found.filter((p) => p.zh.includes(zh));
    expect(named).toHaveLength(1);
    expect(named[0]?.en).toContain(en);
    // What is missing is missed elsewhere too; nothing else is complained of.
    const consequence = /人员中没有“b”|中没有“street”的“leader”/;
    expect(found.filter((p) => !named.includes(p) && !consequence.test(p.zh))).toEqual([]);
  });

  test('all of them at once, sheet by sheet', async () => {
    const file = await book((s) => {
      for (const change of [set('人员', 2, 4, 'nobody'), set('任职', 3, 2, 'z'), set('任职', 2, 4, '年初'), set('值班表', 2, 8, 'a z')]) change(s);
    });
    expect((await problemsOf(file)).map((p) => p.en.split(':')[0])).toEqual(['Sheet "人员", row 2, "电子邮件"', 'Sheet "任职", row 2, "起"', 'Sheet "任职", row 3, "人员"', 'Sheet "值班表", row 2, "轮值人员"']);
  });

  test('a sheet that is missing, or empty', async () => {
    expect(await problemsOf(await book((s) => { delete s['任职']; }))).toEqual([expect.objectContaining({ zh: '工作表“任职”：缺少工作表“任职”；没有内容时也请保留表头' })]);
    expect((await problemsOf(await book((s) => { s['值班表'] = []; })))[0]?.zh).toContain('工作表“值班表”：工作表是空的；第一行应为列名：代号、名称');
  });

  test('a formula counts by what it comes to, and is refused where that is not there', async () => {
    const computed = await loadBook(await book(undefined, formula({ type: 'formula', formula: '"戊"&""', formulaResult: '戊', value: '戊' })), ANY);
    expect(computed.institution.people['b']?.name).toBe('戊');
    const [problem] = await problemsOf(await book(set('人员', 3, 1, null), formula({ type: 'formula', formula: 'A1&"x"' })));
    expect(problem?.zh).toMatch(/工作表“人员”第 3 行“姓名”：.*公式/);
  });

  test('cells merged over several rows are refused', async () => {
    const problems = await problemsOf(await book(set('人员', 3, 3, null), { 人员: { merges: [{ startRow: 1, startCol: 3, endRow: 2, endCol: 3 }] } }));
    expect(problems[0]?.zh).toMatch(/工作表“人员”第 3 行“单位”：单元格与上面的行合并/);
  });

  test.each([
    ['text.xlsx', 'no workbook at all, but words', '不是含有多个工作表的工作簿', 'not a workbook'],
    ['cut.xlsx', undefined, '不完整', 'cut short'],
  ])('%s is refused as a whole', async (name, content, zh, en) => {
    const file = join(folder, name);
    await writeFile(file, content ?? (await readFile(await book())).subarray(0, 900));
    await expect(loadBook(file, ANY)).rejects.toMatchObject({ text: { zh: expect.stringContaining(zh), en: expect.stringContaining(en) } });
  });

  test('a sheet with more rows than any organisation has', async () => {
    const problems = await problemsOf(await book((s) => { for (let i = 0; i < 20_001; i += 1) s['人员']?.push([`p${i}`, '众', null, 'street', null, null, null, null]); }));
    expect(problems.map((p) => p.en)).toEqual(['Sheet "人员", row 20002: more than 20000 rows; that is not an organisation']);
  });
});
