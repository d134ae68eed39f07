import { describe, expect, test } from 'vitest';
import { placed, readDate, SheetError } from '../src/sheets/index.ts';
import { gbk, partsOf, readAll, utf16, workbook, wrong, zipOf } from './support/sheets.ts';

const CSV = '编号,收到时间,内容\n甲1,2026-01-05,道路积水\n甲2,2026-01-06,噪声\n';
const text = (t: string, ref = '') => `<c${ref ? ` r="${ref}"` : ''} t="inlineStr"><is><t>${t}</t></is></c>`;
const head = (...names: string[]) => `<row r="1">${names.map((n) => text(n)).join('')}</row>`;

describe('the encoding of a CSV is found out', () => {
  test.each([
    ['utf-8', CSV],
    ['utf-8', `\ufeff${CSV}`],
    ['utf-16le', utf16(CSV)],
    ['utf-16be', utf16(CSV, true)],
    ['utf-16le', utf16(CSV).subarray(2)],
    ['gb18030', gbk(CSV)],
    ['gb18030', gbk('单位,备注\n联通,一\n')],
  ] as const)('%s', async (encoding, bytes) => {
    const table = await readAll(bytes);
    expect(table.encoding).toBe(encoding);
    expect(table.rows[0]?.problems).toEqual([]);
    if (bytes.length > 40) expect(table.rows.map((r) => r.cells['内容'])).toEqual(['道路积水', '噪声']);
    else expect(table.rows[0]?.cells).toEqual({ 单位: '联通', 备注: '一' });
  });

  test('the first sign that is not UTF-8 may come late', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},plain\n`).join('');
    const table = await readAll(Buffer.concat([Buffer.from(`id,text\n${rows}`), gbk('60000,末行\n')]));
    expect(table.encoding).toBe('gb18030');
    expect(table.rows.at(-1)?.cells).toEqual({ id: '60000', text: '末行' });
  });

  test('a file that fits neither is read as what it is for the most part, and its damaged cells are named', async () => {
    const table = await readAll(Buffer.concat([Buffer.from(CSV), gbk('甲3,2026-01-07,井盖\n'), Buffer.from('甲4,2026-01-08,路灯\n')]));
    expect(table.encoding).toBe('utf-8');
    expect(wrong(table.rows)).toEqual(['4 编号 damaged', '4 内容 damaged']);
    expect(table.rows[3]?.cells['内容']).toBe('路灯');
  });
});

describe('a CSV as people make it', () => {
  test.each(['\t', ';', ','])('the delimiter %j is found out', async (d) => {
    const { columns, rows } = await readAll(`"a,b;c"${d}x\r\n1${d}"2\n3"\r\n`);
    expect(columns).toEqual(['a,b;c', 'x']);
    expect(rows[0]?.cells).toEqual({ 'a,b;c': '1', x: '2\n3' });
  });

  test('rows are counted as a spreadsheet program counts, empty ones too', async () => {
    const { rows, emptyRows } = await readAll('a,b\n\n"1\n1",2\n,\n3,4');
    expect(rows.map((r) => [r.row, r.cells['b']])).toEqual([[3, '2'], [5, '4']]);
    expect(emptyRows).toBe(2);
  });

  test('a wrong quotation mark costs its own row only', async () => {
    const { rows } = await readAll('a,b\n1,"x"y\n2,ok\n2.5,say "hi"\n3,"never closed\n4,ok\n');
    expect(wrong(rows)).toEqual(['2  unreadable', '5  unclosed-quote']);
    expect(rows.filter((r) => r.problems.length === 0).map((r) => r.cells)).toEqual([{ a: '2', b: 'ok' }, { a: '2.5', b: 'say "hi"' }, { a: '4', b: 'ok' }]);
  });

  test('more cells than columns, and error values', async () => {
    const { rows } = await readAll('a,b\n1,2,3\n#REF!,2\n3\n');
    expect(wrong(rows)).toEqual(['2  too-many-cells', '3 a error-cell']);
    expect(rows[1]?.original).toEqual(['#REF!', '2']);
    expect(rows[2]?.cells).toEqual({ a: '3' });
    const [problem] = rows[1]?.problems ?? [];
    expect(problem && placed(problem)).toEqual({ zh: '第 3 行“a”：单元格是错误值 #REF!；请在原表中改正。', en: 'Row 3, "a": The cell holds the error #REF!; mend it in the sheet.' });
  });

  test('a header elsewhere, and names like those of objects', async () => {
    const { rows, columns } = await readAll('登记簿,\n__proto__,constructor\n1,2\n', { headerRow: 2 });
    expect(columns).toEqual(['__proto__', 'constructor']);
    expect(Object.entries(rows[0]?.cells ?? {})).toEqual([['__proto__', '1'], ['constructor', '2']]);
  });
});

describe('a workbook as spreadsheet programs make it', () => {
  test('texts, numbers, truths, dates; what is shared, rich, or has readings beside it', async () => {
    const { rows, sheet, sheets } = await readAll(workbook({
      strings: '<si><t>姓&amp;名</t></si><si><r><t>粗</t></r><r><t xml:space="preserve"> 体</t></r><rPh sb="0" eb="1"><t>cu</t></rPh></si>',
      rows: `${head('a', 'b', 'c', 'd', 'e')}<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3"><v>13800000000</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" s="1"><v>46027.645833333336</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>x_x000D_y</t></is></c><c r="E4" s="2"><v>46027</v></c></row>`,
    }));
    expect([sheet, sheets]).toEqual(['登记簿', ['登记簿', 'Other']]);
    expect(rows.map((r) => r.row)).toEqual([3, 4]);
    expect(rows[0]?.cells).toEqual({ a: '姓&名', b: '粗 体', c: 13_800_000_000, d: true, e: '2026-01-05 15:30' });
    expect(rows[1]?.cells).toEqual({ a: 'x\ry', e: '2026-01-05' });
  });

  test('days of 1900, of which one never was; days from 1904', async () => {
    const rows = `${head('d')}${[1, 59, 60, 61, -1, 0.5].map((v, i) => `<row r="${i + 2}"><c s="1"><v>${v}</v></c></row>`).join('')}`;
    const from1900 = await readAll(workbook({ rows }));
    expect(from1900.rows.map((r) => r.cells['d'])).toEqual(['1900-01-01', '1900-02-28', undefined, '1900-03-01', undefined, '12:00']);
    expect(wrong(from1900.rows)).toEqual(['4 d no-such-date', '6 d no-such-date']);
    const from1904 = await readAll(workbook({ rows: `${head('d')}<row><c s="1"><v>44565</v></c></row><row><c><v>44565</v></c></row>`, from1904: true }), { dates: ['d'] });
    expect(from1904.rows.map((r) => r.cells['d'])).toEqual(['2026-01-05', '2026-01-05']);
  });

  test('a formula is what it came to; one that was never computed is named', async () => {
    const { rows } = await readAll(workbook({
      rows: `${head('a', 'b', 'c', 'd')}<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f>A2&amp;"x"</f><v></v></c><c r="D2" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>`,
    }));
    expect(rows[0]?.cells).toEqual({ a: 2 });
    expect(wrong(rows)).toEqual(['2 c no-result', '2 d error-cell']);
    expect(rows[0]?.original).toEqual(['2', '', '=A2&"x"', '#DIV/0!']);
  });

  test('merged cells: within a row the value is the first one\'s; over rows it is a problem of the rows below, or goes down', async () => {
    const book = { rows: `${head('a', 'b', 'c')}<row r="2">${text('甲', 'A2')}${text('1', 'B2')}</row><row r="3">${text('2', 'B3')}</row><row r="4">${text('乙', 'A4')}${text('3', 'B4')}</row>`, merges: ['A2:A3', 'B4:C4', 'A1:A1'] };
    const { rows } = await readAll(workbook(book));
    expect(wrong(rows)).toEqual(['3 a merged-rows']);
    expect(rows.map((r) => r.cells)).toEqual([{ a: '甲', b: '1' }, { b: '2' }, { a: '乙', b: '3' }]);
    const filled = await readAll(workbook(book), { fillDown: true });
    expect(filled.rows.map((r) => r.cells['a'])).toEqual(['甲', '甲', '乙']);
    const header = await readAll(workbook({ ...book, merges: ['A1:A3'] }), { fillDown: true });
    expect(wrong(header.rows)).toEqual(['2 a merged-rows', '3 a merged-rows']);
  });

  test('another sheet, by name or number; one that is not there is named with those that are', async () => {
    const bytes = workbook({ rows: head('a') });
    expect((await readAll(bytes, { sheet: 'Other' })).rows[0]?.cells).toEqual({ x: 1 });
    expect((await readAll(bytes, { sheet: 2 })).rows[0]?.cells).toEqual({ x: 1 });
    expect((await readAll(workbook({ rows: head('a'), hidden: true }))).sheet).toBe('Other');
    await expect(readAll(bytes, { sheet: 'third' })).rejects.toThrow(/third.*登记簿, Other/);
  });
});

test.each([
  ['2026-1-5', '2026-01-05'], ['2026/01/05', '2026-01-05'], ['2026.1.5', '2026-01-05'], ['2026年1月5日', '2026-01-05'], ['20260105', '2026-01-05'],
  ['2026-1-5 9:05', '2026-01-05 09:05'], ['2026年1月5日 9时5分', '2026-01-05 09:05'], ['2026年1月5日下午3点', '2026-01-05 15:00'], ['2026-01-05T09:05:07', '2026-01-05 09:05:07'],
  ['202601050905', '2026-01-05 09:05'], ['2026/1/5 3:30 PM', '2026-01-05 15:30'], ['2026年1月5日（星期一）', '2026-01-05'], ['２０２６年１月５日', '2026-01-05'],
  ['二〇二六年一月五日', '2026-01-05'], ['二○二六年十二月二十三日', '2026-12-23'], ['二〇二六年十月三十日', '2026-10-30'], ['2026-01-05T09:05:07.123Z', '2026-01-05T09:05:07.123Z'],
  ['2026-02-30', undefined], ['5/1/2026', undefined], ['26-1-5', undefined], ['soon', undefined], ['2026-01-05 25:00', undefined], ['2026-01-05x', undefined], ['20261305', undefined],
])('a date as text: %s', (given, read) => expect(readDate(given)).toBe(read));

test('columns of dates: what is no date is named by row and column', async () => {
  const { rows } = await readAll('id,d\n1,2026年1月5日\n2,2026-02-30\n3,明天\n4,\n', { dates: ['d'] });
  expect(rows.map((r) => r.cells['d'])).toEqual(['2026-01-05', undefined, undefined, undefined]);
  expect(wrong(rows)).toEqual(['3 d no-such-date', '4 d not-a-date']);
  const numbers = await readAll(workbook({ rows: `${head('d')}<row><c><v>46027</v></c></row><row><c><v>20260105</v></c></row><row>${text('2026年1月5日')}</row>` }), { dates: ['d'] });
  expect(numbers.rows.map((r) => r.cells['d'])).toEqual(['2026-01-05', '2026-01-05', '2026-01-05']);
});

describe('what cannot be read at all says why', () => {
  const whole = workbook({ rows: head('a') });
  const sheet = partsOf({ rows: '' })['xl/worksheets/sheet1.xml'] ?? '';
  const bomb = (says?: number) => zipOf({ ...partsOf({ rows: head('a') }), 'xl/worksheets/sheet1.xml': { bytes: Buffer.alloc(80 << 20, ' '), deflated: true, ...(says === undefined ? {} : { says }) } });
  test.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'empty'],
    ['a header alone of blanks', ' , ,\n', 'empty'],
    ['two columns of one name', '编号,内容,编号\n', 'repeated-column'],
    ['a picture', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), 'not-a-sheet'],
    ['a PDF', '%PDF-1.7\n', 'not-a-sheet'],
    ['bytes', Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256), 'not-a-sheet'],
    ['a web page that is called a sheet', '<html><table><tr><td>1</td></tr></table></html>', 'other-format'],
    ['an archive of something else', zipOf({ 'a.txt': 'x' }), 'not-a-sheet'],
    ['a text document', zipOf({ '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>', 'word/document.xml': '<document/>' }), 'not-a-sheet'],
    ['an OpenDocument sheet', zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }), 'other-format'],
    ['a workbook that is cut short', whole.subarray(0, whole.length - 200), 'truncated'],
    ['a workbook with a flipped byte', flipped(whole), 'damaged'],
    ['a protected workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(500)]), 'password'],
    ['a container of the old kind', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1600)]), 'other-format'],
    ['a bomb', bomb(), 'too-large'],
    ['a bomb that lies about its size', bomb(1000), 'damaged'],
    ['a document type', zipOf({ ...partsOf({ rows: head('a') }), 'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${sheet}` }), 'damaged'],
    ['a row that no sheet has', workbook({ rows: '<row r="99999999"><c><v>1</v></c></row>' }), 'damaged'],
  ])('%s', async (_, bytes, code) => {
    const error: unknown = await readAll(bytes).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SheetError);
    expect(error).toMatchObject({ code });
    expect(error instanceof SheetError && error.text.zh.length > 5 && error.text.en.length > 5).toBe(true);
  });

  test('a file that is not there', async () => {
    const { openSheet } = await import('../src/sheets/index.ts');
    await expect(openSheet('/nowhere/x.csv')).rejects.toMatchObject({ code: 'no-file' });
  });

  test('a column of dates that is not there, with those that are', async () => {
    await expect(readAll('a,b\n1,2\n', { dates: ['c'] })).rejects.toThrow(/"c"; it has a, b/);
  });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf('<row r="1">') + 12;
  copy[at] = (copy[at] ?? 0) ^ 4;
  return copy;
}
