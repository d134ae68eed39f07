import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { type Dirt, dirt } from './dirt.ts';
import { LogError } from './error.ts';

/** One row of a log and the line it ends on. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What csv-parse puts into its stream, which it leaves untyped. */
interface Parsed {
  readonly info: { readonly lines: number };
  readonly record: string[];
}

/**
 * The rows of a CSV file one by one, the header first; memory does not grow
 * with the file. A row that cannot be read, or has another number of cells
 * than the header, goes to `bad` and is left out. `read` counts the rows below the header.
 * @throws LogError when the file cannot be read or is empty
 */
export async function* rowsOf(file: string, bad: (dirt: Dirt) => void, read: { rows: number } = { rows: 0 }): AsyncGenerator<Row> {
  const source = createReadStream(file);
  const rows = parse({
    bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true, skip_records_with_error: true,
    on_skip: (error) => {
      if (error) bad(dirt.badRow(typeof error['lines'] === 'number' ? error['lines'] : 0, '', error.code));
    },
  });
  source.on('error', (error) => rows.destroy(error));
  source.pipe(rows);
  let width = 0;
  try {
    for await (const parsed of rows) {
      const { info, record }: Parsed = parsed;
      if (width === 0) width = record.length;
      else read.rows += 1;
      if (record.length === width) yield { line: info.lines, cells: record };
      else bad(dirt.badRow(info.lines, '', `${record.length} ≠ ${width}`));
    }
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new LogError('LOG', `无法读取 ${file}：${error.message}`, `${file} cannot be read: ${error.message}`, error);
  } finally {
    source.destroy();
  }
  if (width === 0) throw new LogError('LOG', `${file} 是空的；第一行应为列名。`, `${file} is empty; its first row must name the columns.`);
}

/** The names of the columns. */
export async function headerOf(file: string): Promise<readonly string[]> {
  for await (const { cells } of rowsOf(file, () => undefined)) return cells;
  return [];
}
