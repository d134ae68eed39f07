import { damaged } from '../error.ts';
import type { RawCell } from '../types.ts';
import { placeOf } from './place.ts';
import { attribute, Xml, XmlFault } from './xml.ts';
import type { Zip } from './zip.ts';

/** Cells that are merged over several rows: rows and column, counted from 1 and 0. */
interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly column: number;
}

const MOST = 1_000_000;
/** Longer than the end tag, which may lie across two chunks. */
const OVERLAP = 64;

/** The merges over several rows of a sheet, by their top row. They stand behind the rows, which are skipped here; the sum of the file is checked with it. */
export async function readMerges(zip: Zip, path: string, most: number): Promise<Merge[]> {
  const merges: Merge[] = [];
  const xml = new Xml({
    open(name, attributes) {
      if (name !== 'mergeCell') return;
      const [from, to] = (attribute(attributes, 'ref') ?? '').split(':').map(placeOf);
      if (from && to && to.row > from.row && merges.length < MOST) merges.push({ top: from.row, bottom: to.row, column: from.column });
    },
    text: () => undefined,
    close: () => undefined,
  });
  try {
    for await (const text of behindRows(zip.bytes(path, most))) xml.feed(text);
  } catch (error) {
    throw error instanceof XmlFault ? damaged(zip.file, error) : error;
  }
  return merges.toSorted((a, b) => a.top - b.top);
}

/** What stands behind the rows. References are ASCII, so bytes need not be decoded; and in text a < is always escaped. */
async function* behindRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let [behind, tail] = [false, ''];
  for await (const bytes of chunks) {
    if (behind) {
      yield bytes.toString('latin1');
      continue;
    }
    if (bytes.includes('sheetData>') || (tail + bytes.toString('latin1', 0, OVERLAP)).includes('sheetData>')) {
      const text = tail + bytes.toString('latin1');
      const end = /<\/(?:[\w.-]+:)?sheetData>/.exec(text);
      behind = end !== null;
      if (end) yield text.slice(end.index + end[0].length);
    }
    tail = (tail + bytes.toString('latin1', Math.max(0, bytes.length - OVERLAP))).slice(-OVERLAP);
  }
}

/**
 * Takes rows in their order, and puts into each what the merges from above say:
 * a fault, or the value of the top row.
 */
export function overRows(merges: readonly Merge[], fillDown: boolean, below: number): (row: number, cells: RawCell[]) => RawCell[] {
  let next = 0;
  let active: (Merge & { readonly value: RawCell })[] = [];
  return (row, cells) => {
    active = active.filter((m) => m.bottom >= row);
    const out = active.length === 0 || cells.every((c) => c === undefined) ? cells : [...cells];
    for (const { column, top, value } of out === cells ? [] : active) {
      while (out.length <= column) out.push(undefined);
      out[column] = fillDown && top > below ? value : { code: 'merged-rows', value: typeof value === 'object' ? value.value : String(value ?? '') };
    }
    for (let m = merges[next]; m && m.top <= row; m = merges[(next += 1)]) if (m.bottom > row) active.push({ ...m, value: m.top === row ? cells[m.column] : undefined });
    return out;
  };
}
