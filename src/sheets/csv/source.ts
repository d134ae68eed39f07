import { notASheet } from '../error.ts';
import type { Encoding, RawCell, RawRow, ReadOptions, Source } from '../types.ts';
import { encodingOf, textOfFile } from './encoding.ts';
import { recordsOf } from './records.ts';

const DELIMITERS = [',', '\t', ';'];
const FIRST_LINE = 1 << 20;

/** What spreadsheet programs write into a CSV for a cell that holds an error. */
export const ERROR_CELL = /^\s*#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)\s*$/;

/** @throws SheetError for what is not text */
export async function csvSource(file: string, options: ReadOptions): Promise<Source> {
  const encoding = options.encoding ?? (await encodingOf(file));
  if (encoding === undefined) throw notASheet(file);
  const delimiter = options.delimiter ?? (await delimiterOf(file, encoding));
  return { format: 'csv', encoding, sheets: [], dateOf: () => undefined, rows: () => rowsOf(file, encoding, delimiter) };
}

/** That which the first line has most of, outside quotation marks. */
async function delimiterOf(file: string, encoding: Encoding): Promise<string> {
  let start = '';
  for await (const text of textOfFile(file, encoding)) {
    start += text;
    if (/\S[^\r\n]*[\r\n]/.test(start) || start.length > FIRST_LINE) break;
  }
  const line = (/\S[^\r\n]*/.exec(start)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((d) => line.split(d).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

async function* rowsOf(file: string, encoding: Encoding, delimiter: string): AsyncGenerator<RawRow> {
  for await (const { row, cells, fault } of recordsOf(textOfFile(file, encoding), delimiter))
    yield { row, cells: cells.map(cellOf), ...(fault ? { fault } : {}) };
}

function cellOf(text: string): RawCell {
  if (text === '') return undefined;
  if (text.includes('\ufffd')) return { code: 'damaged', value: text };
  return text.includes('#') && ERROR_CELL.test(text) ? { code: 'error-cell', value: text.trim() } : text;
}
