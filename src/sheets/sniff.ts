import { open, stat } from 'node:fs/promises';
import { cannotOpen, empty, notASheet, password, webPage } from './error.ts';

/** PDF, pictures, archives, programs, RTF. */
const OTHERS = ['%PDF', '\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'Rar!', '7z\u00bc\u00af', '\u001f\u008b', '\u007fELF', '{\\rtf'];

/** What a file is by its content: names lie. @throws SheetError for what cannot be read */
export async function sniff(file: string): Promise<'csv' | 'xlsx' | 'xls'> {
  const start = await firstOf(file, 64 << 10);
  if (start.length === 0) throw empty(file);
  if (begins(start, 'PK\u0003\u0004') || begins(start, 'PK\u0005\u0006')) return 'xlsx';
  if (begins(start, '\u00d0\u00cf\u0011\u00e0')) {
    if (await isEncrypted(file)) throw password(file);
    return 'xls';
  }
  const text = start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (/^<(!doctype|html|\?xml|table|meta)/i.test(text)) throw webPage(file);
  if (OTHERS.some((sign) => begins(start, sign))) throw notASheet(file);
  return 'csv';
}

const begins = (bytes: Buffer, sign: string): boolean => bytes.toString('latin1', 0, sign.length) === sign;

/** Office wraps a protected workbook into a container of the old kind; its parts have names in UTF-16. */
async function isEncrypted(file: string): Promise<boolean> {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  const [start, end] = [await firstOf(file, 1 << 20), await lastOf(file, 1 << 20)];
  return start.includes(name) || end.includes(name);
}

async function firstOf(file: string, most: number): Promise<Buffer> {
  return read(file, () => 0, most);
}

const lastOf = (file: string, most: number): Promise<Buffer> => read(file, (size) => Math.max(0, size - most), most);

async function read(file: string, from: (size: number) => number, most: number): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(most), 0, most, from(size));
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw cannotOpen(file, error);
  }
}
