import { open } from 'node:fs/promises';
import { damaged, notASheet, password, truncated } from '../error.ts';

/** One file inside a ZIP archive, as its directory tells of it. */
export interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly offset: number;
}

const [END, END_64, LOCATOR_64, CENTRAL] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50];
const END_LENGTH = 22;
const MOST_ENTRIES = 20_000;
const MOST_DIRECTORY = 16 << 20;

/** The directory at the end of a ZIP archive. @throws SheetError for a file that is cut short or is none */
export async function directoryOf(file: string): Promise<Map<string, Entry>> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
      if (bytesRead < length) throw truncated(file);
      return buffer;
    };
    const tail = Math.min(size, END_LENGTH + 0xffff);
    const last = await read(size - tail, tail);
    const at = last.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
    if (at < 0 || last.length - at < END_LENGTH || last.readUInt32LE(at) !== END) throw truncated(file);
    let [count, length, start] = [last.readUInt16LE(at + 10), last.readUInt32LE(at + 12), last.readUInt32LE(at + 16)];
    if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) {
      const locator = await read(Math.max(0, size - tail + at - 20), 20);
      if (locator.readUInt32LE(0) !== LOCATOR_64) throw damaged(file);
      const end = await read(Number(locator.readBigUInt64LE(8)), 56);
      if (end.readUInt32LE(0) !== END_64) throw damaged(file);
      [count, length, start] = [Number(end.readBigUInt64LE(32)), Number(end.readBigUInt64LE(40)), Number(end.readBigUInt64LE(48))];
    }
    if (count > MOST_ENTRIES || length > MOST_DIRECTORY) throw notASheet(file);
    return entriesIn(await read(start, length), count, file);
  } finally {
    await handle.close();
  }
}

function entriesIn(directory: Buffer, count: number, file: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw damaged(file);
    const [nameLength, extraLength, commentLength] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)];
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    if ((directory.readUInt16LE(at + 8) & 1) === 1) throw password(file);
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [size, packed, offset] = sizes(directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42), extra);
    entries.set(name.replaceAll('\\', '/'), { name, method: directory.readUInt16LE(at + 10), crc: directory.readUInt32LE(at + 16), packed, size, offset });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Sizes beyond 4 GB lie in an extra field, those that overflow only, in this order. */
function sizes(size: number, packed: number, offset: number, extra: Buffer): [number, number, number] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const wide = (n: number): number => {
      if (n !== 0xffffffff || next + 8 > extra.length) return n;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    };
    return [wide(size), wide(packed), wide(offset)];
  }
  return [size, packed, offset];
}
