import type { Text } from '../core/text.ts';
import { openSheet, type Row, SheetError, sheetNames, textOf } from '../sheets/index.ts';
import { type Field, isCalled, meaningOf, type Table, TABLES, type TableName, TABLE_NAMES } from './tables.ts';

/** One thing wrong in a workbook, and where. Rows count from 1 as spreadsheet programs count them. */
export interface BookProblem {
  readonly sheet: string;
  /** None where it is the sheet itself. */
  readonly row?: number;
  readonly column?: string;
  readonly text: Text;
}

/** A row of a table: its values as text by the keys of its fields, words as what they mean. */
export interface Entry {
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
}

/** What a workbook's sheets hold, before it is looked at as an organisation. */
export interface Book {
  readonly tables: Readonly<Record<TableName, readonly Entry[]>>;
  /** What each sheet and column is called in this workbook. */
  readonly names: Readonly<Record<TableName, { readonly sheet: string; readonly columns: Readonly<Record<string, string>> }>>;
  readonly problems: readonly BookProblem[];
  /** Sheets that are none of ours. */
  readonly ignored: readonly string[];
}

/** No organisation has more; a sheet that does is another. */
const MOST_ROWS = 20_000;

/** @throws SheetError where the file is no workbook that can be read */
export async function readBook(file: string): Promise<Book> {
  const sheets = await sheetNames(file);
  if (sheets.length === 0)
    throw new SheetError('other-format', file, '文件不是含有多个工作表的工作簿；请使用“redress people export”导出的 .xlsx。', 'The file is not a workbook of several sheets; use an .xlsx such as "redress people export" writes.');
  const problems: BookProblem[] = [];
  const read = async (name: TableName): Promise<{ entries: Entry[]; sheet: string; columns: Record<string, string> }> => {
    const { title, needed, fields }: Table = TABLES[name];
    const sheet = sheets.find((s) => isCalled({ key: name, title }, s));
    if (sheet !== undefined) return { sheet, ...(await entriesOf(file, sheet, fields, problems)) };
    if (needed) problems.push({ sheet: title.zh, text: { zh: `缺少工作表“${title.zh}”；没有内容时也请保留表头`, en: `there is no sheet "${title.en}"; keep it with its header, even when it is empty` } });
    return { entries: [], sheet: title.zh, columns: {} };
  };
  const found = new Map<TableName, Awaited<ReturnType<typeof read>>>();
  for (const name of TABLE_NAMES) found.set(name, await read(name));
  const by = <T>(of: (one: Awaited<ReturnType<typeof read>>) => T, none: T): Record<TableName, T> => {
    const at = (name: TableName): T => { const one = found.get(name); return one ? of(one) : none; };
    return { institution: at('institution'), units: at('units'), people: at('people'), posts: at('posts'), holdings: at('holdings'), rotas: at('rotas'), leave: at('leave') };
  };
  const ours = new Set([...found.values()].map((one) => one.sheet));
  return { tables: by((one) => one.entries, []), names: by((one) => ({ sheet: one.sheet, columns: one.columns }), { sheet: '', columns: {} }), problems, ignored: sheets.filter((s) => !ours.has(s)) };
}

async function entriesOf(file: string, sheet: string, fields: readonly Field[], problems: BookProblem[]): Promise<{ entries: Entry[]; columns: Record<string, string> }> {
  const header = await columnsOf(file, sheet);
  if (header === undefined) {
    problems.push({ sheet, text: { zh: `工作表是空的；第一行应为列名：${titlesOf(fields, 'zh').join('、')}`, en: `the sheet is empty; its first row names the columns: ${titlesOf(fields, 'en').join(', ')}` } });
    return { entries: [], columns: {} };
  }
  const columns: Record<string, string> = {};
  for (const name of header) {
    const known = fields.find((f) => isCalled(f, name));
    if (known === undefined) problems.push({ sheet, column: name, text: { zh: `没有“${name}”这一列；可用的列：${titlesOf(fields, 'zh').join('、')}`, en: `there is no column "${name}"; there are: ${titlesOf(fields, 'en').join(', ')}` } });
    else if (columns[known.key] !== undefined) problems.push({ sheet, column: name, text: { zh: `与“${columns[known.key] ?? ''}”是同一列`, en: `is the same column as "${columns[known.key] ?? ''}"` } });
    else columns[known.key] = name;
  }
  const dates = fields.flatMap((f) => (f.kind === 'date' && columns[f.key] !== undefined ? [columns[f.key] ?? ''] : []));
  const entries: Entry[] = [];
  for await (const row of (await openSheet(file, { sheet, dates })).rows()) {
    if (entries.length >= MOST_ROWS) {
      problems.push({ sheet, row: row.row, text: { zh: `超过 ${MOST_ROWS} 行，不像机构名册`, en: `more than ${MOST_ROWS} rows; that is not an organisation` } });
      break;
    }
    for (const { row: at, column, text } of row.problems) problems.push({ sheet, row: at, ...(column !== '' && { column }), text });
    entries.push({ row: row.row, values: valuesOf(row, sheet, fields, columns, problems) });
  }
  return { entries, columns };
}

const titlesOf = (fields: readonly Field[], lang: keyof Text): string[] => fields.filter((f) => !f.old).map((f) => f.title[lang]);

/** The columns of a sheet; undefined where it has nothing at all. */
async function columnsOf(file: string, sheet: string): Promise<readonly string[] | undefined> {
  try {
    return (await openSheet(file, { sheet })).columns;
  } catch (error) {
    if (error instanceof SheetError && error.code === 'empty') return undefined;
    throw error;
  }
}

function valuesOf({ row, cells }: Row, sheet: string, fields: readonly Field[], columns: Readonly<Record<string, string>>, problems: BookProblem[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const f of fields) {
    const column = columns[f.key];
    const text = column === undefined ? '' : textOf(cells[column]).trim();
    if (text === '') continue;
    if (!f.words) {
      values[f.key] = text;
      continue;
    }
    const meanings: string[] = [];
    for (const word of listed(text)) {
      const meaning = meaningOf(f, word);
      if (meaning !== undefined) meanings.push(meaning);
      else problems.push({ sheet, row, ...(column !== undefined && { column }), text: notAWord(f, word) });
    }
    values[f.key] = meanings.join(' ');
  }
  return values;
}

const notAWord = ({ words = {} }: Field, word: string): Text => ({
  zh: `不能填“${word}”；可填：${Object.values(words).map(([zh]) => zh).join('、')}`,
  en: `"${word}" cannot stand here; write one of: ${Object.values(words).map(([, en]) => en).join(', ')}`,
});

/** The words of a cell, with commas, semicolons or blanks between, Chinese ones too. */
export const listed = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((word) => word !== '');
