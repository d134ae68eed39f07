import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Cell } from './types.ts';
import { csvChunks } from './csv/write.ts';
import { bookOf, xlsxChunks } from './xlsx/write.ts';

export interface Column {
  readonly key: string;
  readonly title: string;
  /** A `date` or a `time` (a date with its time) is given as text and becomes a true date in a workbook. */
  readonly kind?: 'text' | 'number' | 'date' | 'time';
  /** In characters, in a workbook. */
  readonly width?: number;
}

/** A row by the keys of its columns. */
export type OutRow = Readonly<Record<string, Cell | null | undefined>>;

export interface WriteOptions {
  /** The sheet's name in a workbook. */
  readonly name?: string;
  /** Whether a CSV begins with a byte order mark, without which spreadsheet programs show Chinese wrongly. It does, where left out. */
  readonly bom?: boolean;
  /** Who may read a file, as the system writes it; 0o600 for its owner alone. */
  readonly mode?: number;
}

/** Sheet of a book. */
export interface OutSheet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly OutRow[];
}

/**
 * Writes a table, row by row, and says how many rows it has. Text that a
 * spreadsheet program would compute is defused. A file is there as a whole or
 * not at all; a stream is left open.
 */
export async function writeRows(
  out: string | Writable, columns: readonly Column[], rows: Iterable<OutRow> | AsyncIterable<OutRow>, format: 'csv' | 'xlsx', options: WriteOptions = {},
): Promise<number> {
  let count = 0;
  async function* counted(): AsyncGenerator<OutRow> {
    for await (const row of rows) {
      count += 1;
      yield row;
    }
  }
  const chunks = format === 'csv' ? csvChunks(columns, counted(), options.bom ?? true) : xlsxChunks(columns, counted(), options.name ?? 'Redress');
  await writeChunks(out, chunks, options.mode);
  return count;
}

/** Writes several sheets into one workbook. All is in memory: for books that a person looks through. */
export async function writeBook(file: string, sheets: readonly OutSheet[]): Promise<void> {
  const bytes = await bookOf(sheets);
  await whole(file, (part) => writeFile(part, bytes));
}

/** Writes chunks into a file, whole or not at all, or into a stream, which is left open. */
export async function writeChunks(out: string | Writable, chunks: AsyncIterable<string | Uint8Array>, mode?: number): Promise<void> {
  if (typeof out !== 'string') await pipeline(Readable.from(chunks, { objectMode: false }), out, { end: false });
  else await whole(out, (part) => pipeline(Readable.from(chunks, { objectMode: false }), createWriteStream(part, mode === undefined ? {} : { mode })));
}

async function whole(file: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    await write(part);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
