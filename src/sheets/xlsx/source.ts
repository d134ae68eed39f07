import { dateOfSerial, readDate } from '../dates.ts';
import { damaged } from '../error.ts';
import type { RawCell, RawRow, ReadOptions, Source } from '../types.ts';
import { overRows, readMerges } from './merges.ts';
import { type FileCell, Rows } from './rows.ts';
import { readStrings } from './strings.ts';
import { unescaped, Xml, XmlFault } from './xml.ts';
import { chosen, readWorkbook, type Workbook } from './workbook.ts';
import { openZip, type Zip } from './zip.ts';

/** A million rows of fifty columns. Rows stream, so this bounds time, not memory. */
const MOST = 4 * 1024 ** 3;

/** @throws SheetError for what is no workbook, or has no such sheet */
export async function xlsxSource(file: string, options: ReadOptions): Promise<Source> {
  const zip = await openZip(file);
  const book = await readWorkbook(zip);
  const sheet = chosen(book, options.sheet, file);
  const strings = await readStrings(zip, book.strings);
  // Everything is unpacked once before the first row is given out, so a damaged file is refused as a whole.
  const merges = await readMerges(zip, sheet.path, MOST);
  return {
    format: 'xlsx',
    sheet: sheet.name,
    sheets: book.sheets.map((s) => s.name),
    dateOf: (serial) => dateOfSerial(serial, book.from1904),
    async *rows(below = 0) {
      const merged = overRows(merges, options.fillDown ?? false, below);
      for await (const { row, cells } of rowsOf(zip, sheet.path, reader(book, strings))) yield { row, cells: merged(row, [...cells]) };
    },
  };
}

async function* rowsOf(zip: Zip, path: string, cellOf: (cell: FileCell) => RawCell): AsyncGenerator<RawRow> {
  const rows = new Rows(cellOf);
  const xml = new Xml(rows);
  try {
    for await (const chunk of zip.text(path, MOST)) {
      xml.feed(chunk);
      yield* rows.take();
    }
  } catch (error) {
    throw error instanceof XmlFault ? damaged(zip.file, error) : error;
  }
}

/** What a cell of a workbook holds. Of a formula, what it came to when the file was saved. */
const reader = ({ dates, from1904 }: Workbook, strings: readonly string[]) => ({ type, style, value, formula }: FileCell): RawCell => {
  // A formula may come to the empty text; one without any value was never computed.
  if (formula !== undefined && (value === undefined || (value === '' && type !== 'str'))) return { code: 'no-result', value: `=${unescaped(formula)}` };
  if (value === undefined || value === '') return undefined;
  switch (type) {
    case 's':
      return strings[Number(value)] || undefined;
    case 'b':
      return value === '1' || value === 'true';
    case 'e':
      return { code: 'error-cell', value };
    case 'str':
    case 'inlineStr':
      return value;
    case 'd':
      return readDate(value) ?? { code: 'no-such-date', value };
    default: {
      const n = Number(value);
      if (Number.isNaN(n)) return value;
      return dates[style] ? (dateOfSerial(n, from1904) ?? { code: 'no-such-date', value: n === 60 && !from1904 ? '1900-02-29' : value }) : n;
    }
  }
};
