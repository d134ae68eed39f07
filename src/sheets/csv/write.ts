import { defused } from '../defuse.ts';
import type { Column, OutRow } from '../write.ts';

const CHUNK = 1 << 16;

/** A CSV in chunks: RFC 4180, with the line ends that spreadsheet programs write. */
export async function* csvChunks(columns: readonly Column[], rows: AsyncIterable<OutRow>, bom: boolean): AsyncGenerator<string> {
  let chunk = `${bom ? '\ufeff' : ''}${columns.map((c) => csvCell(c.title)).join(',')}\r\n`;
  for await (const row of rows) {
    chunk += `${columns.map((c) => csvCell(row[c.key])).join(',')}\r\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function csvCell(value: OutRow[string]): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return typeof value === 'boolean' ? String(value).toUpperCase() : Number.isFinite(value) ? String(value) : '';
  // Half a surrogate pair is no character; other delimiters may be taken for ours by a program that guesses.
  const text = defused(value.replaceAll(/[\ud800-\udfff]/gu, '\ufffd'));
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
