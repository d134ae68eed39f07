import { writeXlsx, writeXlsxStream, type CellValue, type ColumnDef } from 'hucre/xlsx';
import { utcOf } from '../dates.ts';
import { defused } from '../defuse.ts';
import type { Column, OutRow, OutSheet } from '../write.ts';

/** The most a cell of a workbook may hold. */
const LONGEST = 32_767;
/** Before it, spreadsheet programs do not agree on the days of 1900. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const FORMATS = { date: 'yyyy-mm-dd', time: 'yyyy-mm-dd hh:mm', text: undefined, number: undefined } as const;

/** A workbook of one sheet, in chunks. Beyond the most rows of a sheet it goes on in another. */
export async function* xlsxChunks(columns: readonly Column[], rows: AsyncIterable<OutRow>, name: string): AsyncGenerator<Uint8Array> {
  async function* values(): AsyncGenerator<CellValue[]> {
    for await (const row of rows) yield columns.map((c) => cellOf(c, row[c.key]));
  }
  const stream = writeXlsxStream(values(), { name: sheetName(name), columns: columns.map((c) => ({ ...shape(c), header: textIn(c.title) })), freezePane: { rows: 1 }, zip64: false });
  for await (const chunk of stream) yield chunk;
}

/** A whole workbook. */
export const bookOf = (sheets: readonly OutSheet[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: sheets.map(({ name, columns, rows }) => ({
      name: sheetName(name),
      columns: columns.map(shape),
      rows: [columns.map((c) => textIn(c.title)), ...rows.map((row) => columns.map((c) => cellOf(c, row[c.key])))],
      freezePane: { rows: 1 },
    })),
  });

function shape({ title, kind = 'text', width }: Column): ColumnDef {
  const numFmt = FORMATS[kind];
  return { width: width ?? Math.min(40, Math.max(10, title.length * 2 + 2)), ...(numFmt === undefined ? {} : { numFmt }) };
}

function cellOf({ kind }: Column, value: OutRow[string]): CellValue {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') return value;
  const ms = kind === 'date' || kind === 'time' ? utcOf(value) : undefined;
  return ms === undefined || ms < FIRST_DATE ? textIn(value) : new Date(ms);
}

/** Text as a workbook can hold it: no half of a surrogate pair, nothing that looks like an escape of ours, not too long. */
function textIn(raw: string): string {
  const text = defused(raw.replaceAll(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')).replaceAll(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x');
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** A sheet's name has 31 characters and none of []:*?/\ */
const sheetName = (name: string): string => name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31).trim() || 'Sheet';
