import { readFile, stat } from 'node:fs/promises';
import { EncryptedFileError, HucreError } from 'hucre';
import { readXls } from 'hucre/xlsx';
import { ERROR_CELL } from './csv/source.ts';
import { damaged, noSuchSheet, oldFormat, password, tooLarge } from './error.ts';
import { dateOfSerial } from './dates.ts';
import type { RawCell, ReadOptions, Source } from './types.ts';
import { overRows } from './xlsx/merges.ts';

/** A workbook of Excel 97 has 65,536 rows a sheet at most, so it is read as a whole. */
const MOST = 128 << 20;

/** @throws SheetError for a workbook older still, or with a password */
export async function xlsSource(file: string, options: ReadOptions): Promise<Source> {
  if ((await stat(file)).size > MOST) throw tooLarge(file);
  const { sheets } = await readXls(await readFile(file)).catch((error: unknown) => {
    if (error instanceof EncryptedFileError) throw password(file, error);
    throw error instanceof HucreError ? oldFormat(file, error) : damaged(file, error);
  });
  const names = sheets.map((s) => s.name);
  const sheet = typeof options.sheet === 'string' ? sheets.find((s) => s.name === options.sheet) : sheets[(options.sheet ?? 1) - 1];
  if (!sheet) throw noSuchSheet(file, options.sheet ?? 1, names);
  const merges = (sheet.merges ?? [])
    .filter((m) => m.endRow > m.startRow)
    .map((m) => ({ top: m.startRow + 1, bottom: m.endRow + 1, column: m.startCol }))
    .toSorted((a, b) => a.top - b.top);
  return {
    format: 'xls', sheet: sheet.name, sheets: names,
    dateOf: (serial) => dateOfSerial(serial, false),
    // oxlint-disable-next-line typescript/require-await -- the rows of other formats come from the disk
    async *rows(below = 0) {
      const merged = overRows(merges, options.fillDown ?? false, below);
      for (const [i, cells] of sheet.rows.entries()) yield { row: i + 1, cells: merged(i + 1, cells.map(cellOf)) };
    },
  };
}

function cellOf(value: string | number | boolean | Date | null | undefined): RawCell {
  if (value === null || value === undefined || value === '') return undefined;
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace(/(?: 00:00)?(?::00)?\.\d+Z$/, '');
  return typeof value === 'string' && ERROR_CELL.test(value) ? { code: 'error-cell', value } : value;
}
