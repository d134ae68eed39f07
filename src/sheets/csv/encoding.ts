import { createReadStream } from 'node:fs';
import type { Encoding } from '../types.ts';

const CHUNK = { highWaterMark: 1 << 18 };

/**
 * How a text file is written; undefined of one that is not text.
 *
 * A byte order mark says it. Zero bytes are in no text but UTF-16. What is
 * UTF-8 from end to end is UTF-8, for text in another encoding almost never is
 * by accident; the rest is GB18030, of which GBK and GB2312 are parts. A file
 * that is wholly neither is read as the one with fewer signs that cannot be
 * read, and the rows that have such signs say so.
 */
export async function encodingOf(file: string): Promise<Encoding | undefined> {
  const [first = new Uint8Array()] = await firstBytes(file);
  const known = marked(first);
  if (known !== undefined) return known;
  if (first.includes(0)) return wide(first);
  if (await isUtf8(file)) return 'utf-8';
  return (await isMostlyUtf8(file)) ? 'utf-8' : 'gb18030';
}

/** The text of a file, in chunks, without its byte order mark. */
export async function* textOfFile(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(file, CHUNK)) {
    const bytes: Uint8Array = chunk;
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

async function firstBytes(file: string): Promise<[Uint8Array?]> {
  for await (const chunk of createReadStream(file, CHUNK)) return [chunk];
  return [];
}

function marked(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** Commas, line ends and digits have their zero byte on one side only; anything else is no text. */
function wide(bytes: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if ((even + odd) * 50 < bytes.length) return undefined;
  if (even > odd * 20) return 'utf-16be';
  return odd > even * 20 ? 'utf-16le' : undefined;
}

async function isUtf8(file: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file, CHUNK)) {
      const bytes: Uint8Array = chunk;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Whether most of a file is UTF-8: of GBK text read so, about one sign in ten comes out by accident. */
async function isMostlyUtf8(file: string): Promise<boolean> {
  let [read, lost] = [0, 0];
  for await (const text of textOfFile(file, 'utf-8')) {
    lost += text.split('\ufffd').length - 1;
    read += text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  }
  return read > lost;
}
