import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { RedressError } from '../../errors.ts';
import { damaged, tooLarge } from '../error.ts';
import { directoryOf, type Entry } from './directory.ts';

/** A ZIP archive on the disk, read one file at a time and never as a whole. */
export interface Zip {
  readonly file: string;
  has(name: string): boolean;
  /** The bytes of a file inside, checked against their sum at the end. @throws SheetError when they are more than `most` */
  bytes(name: string, most: number): AsyncGenerator<Buffer>;
  /** As `bytes`, as text in chunks. */
  text(name: string, most: number): AsyncGenerator<string>;
  /** The whole text of a small file. */
  whole(name: string, most?: number): Promise<string>;
}

const MB = 1 << 20;
const SMALL = 64 * MB;
/** XML of tables packs to a tenth, of the same row over and over to a hundredth; a bomb to a thousandth. */
const DENSEST = 400;
const CHECKED_FROM = 32 * MB;

/** @throws SheetError for what is no archive */
export async function openZip(file: string): Promise<Zip> {
  const entries = await directoryOf(file);
  const zip: Zip = {
    file,
    has: (name) => entries.has(name),
    async *bytes(name, most) {
      const entry = entries.get(name);
      if (!entry) throw damaged(file);
      if (entry.size > most || tooDense(entry.size, entry.packed)) throw tooLarge(file);
      yield* unpacked(file, entry);
    },
    async *text(name, most) {
      const decoder = new TextDecoder('utf-8');
      for await (const chunk of zip.bytes(name, most)) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    },
    async whole(name, most = SMALL) {
      let text = '';
      for await (const chunk of zip.text(name, most)) text += chunk;
      return text;
    },
  };
  return zip;
}

const tooDense = (size: number, packed: number): boolean => size > CHECKED_FROM && size > packed * DENSEST;

async function* unpacked(file: string, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.method !== 0 && entry.method !== 8) throw damaged(file);
  let [size, sum] = [0, 0];
  try {
    for await (const chunk of entry.packed === 0 ? [] : await streamOf(file, entry)) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      // What the directory says of the size may be a lie.
      if (size > entry.size) throw damaged(file);
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (error) {
    throw error instanceof RedressError ? error : damaged(file, error);
  }
  if (size !== entry.size || sum !== entry.crc) throw damaged(file);
}

async function streamOf(file: string, { offset, packed, method }: Entry): Promise<Readable> {
  const start = await startOf(file, offset);
  const source = createReadStream(file, { start, end: start + packed - 1, highWaterMark: 1 << 16 });
  if (method === 0) return source;
  const inflated = createInflateRaw({ chunkSize: 1 << 16 });
  // An error of either comes out where the bytes are read, and whoever stops reading closes both.
  pipeline(source, inflated, () => undefined);
  return inflated;
}

/** Behind the file's own header, whose length the directory does not tell. */
async function startOf(file: string, offset: number): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(30), 0, 30, offset);
    if (bytesRead < 30 || buffer.readUInt32LE(0) !== 0x04034b50) throw damaged(file);
    return offset + 30 + buffer.readUInt16LE(26) + buffer.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}
