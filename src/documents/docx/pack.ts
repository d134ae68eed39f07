import { type Document, Packer } from 'docx';
import type { Sheet } from '../sheet.ts';
import { fontTable } from './fonts.ts';

/** A document as the bytes of a DOCX file: the same for the same input, on any machine and any day. */
export async function pack(document: Document, sheet: Sheet): Promise<Uint8Array> {
  const bytes = await Packer.toBuffer(document, false, [
    { path: 'word/fontTable.xml', data: fontTable() },
    { path: 'docProps/core.xml', data: properties(sheet) },
  ]);
  return timeless(new Uint8Array(bytes));
}

const xml = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function properties({ title, from, at }: Sheet): string {
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    + `<dc:title>${xml(title)}</dc:title><dc:creator>${xml(from.name)}</dc:creator>`
    + `<dcterms:created xsi:type="dcterms:W3CDTF">${at.slice(0, 19)}Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at.slice(0, 19)}Z</dcterms:modified>`
    + '</cp:coreProperties>';
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
// 1980-01-01 00:00, the first moment that a ZIP file can name.
const [TIME, DATE] = [0, 0x21];

/** Sets the times of a ZIP file's entries, in its directory and before each, to one moment. */
export function timeless(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error('not a ZIP file');
    const local = view.getUint32(at + 42, true);
    for (const [place, value] of [[at + 12, TIME], [at + 14, DATE], [local + 10, TIME], [local + 12, DATE]] as const)
      view.setUint16(place, value, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return zip;
}
