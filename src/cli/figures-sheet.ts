import { type Column, type OutRow, writeRows } from '../sheets/index.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { note } from './terminal.ts';

/** Where a table goes that is not shown: a CSV, of which `-` is the standard output, or an XLSX. */
export interface Out {
  readonly csv?: string | undefined;
  readonly xlsx?: string | undefined;
}

/** Writes a table where it is asked for; false where it is to be shown. What is in it is for its owner's eyes. */
export async function written(io: Io, out: Out, name: string, columns: readonly Column[], rows: Iterable<OutRow> | AsyncIterable<OutRow>): Promise<boolean> {
  const [file, format] = out.xlsx === undefined ? [out.csv, 'csv' as const] : [out.xlsx, 'xlsx' as const];
  if (file === undefined) return false;
  if (file === '-' && format === 'xlsx') throw new UsageError('--xlsx', { zh: 'XLSX 不能写到标准输出；请用 --xlsx 指明文件。', en: 'XLSX cannot go to the standard output; name a file after --xlsx.' });
  const count = await writeRows(file === '-' ? process.stdout : file, columns, rows, format, { name, mode: 0o600 });
  if (file !== '-') note(io, { zh: `已写入 ${file}，共 ${count} 行。`, en: `${count} rows are in ${file}.` });
  return true;
}
