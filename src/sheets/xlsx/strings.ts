import { damaged } from '../error.ts';
import { unescaped, Xml, XmlFault } from './xml.ts';
import type { Zip } from './zip.ts';

/** They stay in memory while rows are read. */
const MOST = 256 << 20;

/** The table of texts that cells refer to by number. */
export async function readStrings(zip: Zip, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined) return strings;
  let [now, inText, phonetic] = ['', false, false];
  const xml = new Xml({
    open(name) {
      if (name === 'si') now = '';
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    text(raw) {
      if (inText) now += raw;
    },
    close(name) {
      inText = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si') strings.push(textIn(now));
    },
  });
  try {
    for await (const chunk of zip.text(path, MOST)) xml.feed(chunk);
  } catch (error) {
    throw error instanceof XmlFault ? damaged(zip.file, error) : error;
  }
  return strings;
}

/** Spreadsheets write what XML cannot hold as _x000D_. */
export function textIn(raw: string): string {
  const text = unescaped(raw);
  return text.includes('_x') ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}
