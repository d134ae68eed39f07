import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { openSheet, type ReadOptions, type Row } from '../../src/sheets/index.ts';

/** Puts bytes into a file, gives its path to the work, and takes it away again. */
export async function withFile<T>(bytes: string | Uint8Array, work: (file: string) => Promise<T>, name = 'table'): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-sheet-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All rows of a table, and what was told of it. */
export const readAll = (bytes: string | Uint8Array, options: ReadOptions = {}) =>
  withFile(bytes, async (file) => {
    const sheet = await openSheet(file, options);
    const rows: Row[] = [];
    for await (const row of sheet.rows()) rows.push(row);
    return { ...sheet, rows, emptyRows: sheet.emptyRows };
  });

/** What is wrong, as `row column code`. */
export const wrong = (rows: readonly Row[]): string[] => rows.flatMap((r) => r.problems.map((p) => `${p.row} ${p.column} ${p.code}`));

export interface Part {
  readonly bytes: Buffer;
  /** What the directory says of its size, where that is a lie. */
  readonly says?: number;
  readonly deflated?: boolean;
}

/** A ZIP archive of these parts. */
export function zipOf(parts: Readonly<Record<string, Part | string>>): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, given] of Object.entries(parts)) {
    const part: Part = typeof given === 'string' ? { bytes: Buffer.from(given) } : given;
    const data = part.deflated ? deflateRawSync(part.bytes) : part.bytes;
    const [path, sum, size] = [Buffer.from(name), crc32(part.bytes), part.says ?? part.bytes.length];
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(part.deflated ? 8 : 0, 8);
    head.writeUInt32LE(sum, 14);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt32LE(size, 22);
    head.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    files.push(head, path, data);
    directory.push(entry, path);
    offset += 30 + path.length + data.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, list, end]);
}

const [MAIN, REL, OFFICE] = ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'http://schemas.openxmlformats.org/package/2006/relationships', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'];

export interface Book {
  /** The rows as they stand in the XML of the sheet. Style 1 is a date, style 2 yyyy"年"m"月"d"日". */
  readonly rows: string;
  readonly merges?: readonly string[];
  readonly strings?: string;
  readonly from1904?: boolean;
  /** Whether the first sheet is one that people do not see. */
  readonly hidden?: boolean;
}

/** The parts of a workbook, written as spreadsheet programs write them. */
export function partsOf({ rows, merges = [], strings = '', from1904 = false, hidden = false }: Book): Record<string, string> {
  const merged = merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merges.map((m) => `<mergeCell ref="${m}"/>`).join('')}</mergeCells>`;
  return {
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<?xml version="1.0"?><Relationships xmlns="${REL}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${from1904 ? '<workbookPr date1904="1"/>' : ''}<sheets><sheet name="登记簿" sheetId="1"${hidden ? ' state="hidden"' : ''} r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId4"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${REL}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId4" Type="${OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings}</sst>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${merged}</worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet xmlns="${MAIN}"><sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row><row><c><v>1</v></c></row></sheetData></worksheet>`,
  };
}

export const workbook = (book: Book): Buffer => zipOf(partsOf(book));

/** GB18030 bytes of a text: Node reads it but does not write it, so each sign is looked up among those that two bytes can be. */
export function gbk(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const sign of text) {
    const found = sign < '\u0080' ? [sign.charCodeAt(0)] : table().get(sign);
    if (!found) throw new Error(`${sign} has no two bytes in GBK`);
    bytes.push(...found);
  }
  return Uint8Array.from(bytes);
}

let signs: Map<string, readonly [number, number]> | undefined;

function table(): Map<string, readonly [number, number]> {
  if (signs) return signs;
  const decoder = new TextDecoder('gb18030');
  signs = new Map();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) if (low !== 0x7f) signs.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return signs;
}

export const utf16 = (text: string, big = false): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
