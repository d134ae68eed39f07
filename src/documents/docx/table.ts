import { BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from 'docx';
import type { Block, Line } from '../blocks.ts';
import { plain, runs } from './runs.ts';
import { widthOf } from './units.ts';

const PAD = 90;

type Grid = Extract<Block, { kind: 'table' }>;

/** A table as wide as the text: the head repeats on every page, and no row is broken where it fits on one. */
export function table(grid: Grid, width: number, styles: { cell: string; head: string; rule: string; char: number }): Table {
  const columns = widths(grid, width, styles.char);
  const row = (cells: readonly (readonly Line[])[], style: string, head: boolean): TableRow =>
    new TableRow({ tableHeader: head, cantSplit: head || lengthOf(cells) < 400, children: columns.map((w, i) => cell(cells[i] ?? [], style, w)) });
  const side = { style: BorderStyle.SINGLE, size: 4, color: styles.rule };
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    borders: { top: side, bottom: side, left: side, right: side, insideHorizontal: side, insideVertical: side },
    rows: [row(grid.head.map((line) => [line]), styles.head, true), ...grid.rows.map((cells) => row(cells, styles.cell, false))],
  });
}

const cell = (lines: readonly Line[], style: string, width: number): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { left: PAD, right: PAD, top: 40, bottom: 40 },
    children: (lines.length > 0 ? lines : [[]]).map((line) => new Paragraph({ style, children: runs(line, { bold: true }, { italics: true }) })),
  });

const lengthOf = (cells: readonly (readonly Line[])[]): number => Math.max(0, ...cells.map((lines) => lines.map(plain).join('').length));

/** Narrow columns get all they want, and the wide ones share what is left, the wider the more. */
function widths(grid: Grid, width: number, char: number): number[] {
  const wanted = grid.head.map((head, i) => {
    const longest = Math.max(0, ...grid.rows.map((row) => Math.max(0, ...(row[i] ?? []).map((line) => widthOf(plain(line))))));
    return (Math.max(widthOf(plain(head)), longest, 2) + 0.5) * char + 2 * PAD;
  });
  const cap = capOf(wanted, width);
  const narrow = sum(wanted.filter((w) => w <= cap));
  const roots = sum(wanted.filter((w) => w > cap).map(Math.sqrt));
  const even = roots === 0 ? (width - narrow) / wanted.length : 0;
  const sizes = wanted.map((w) => Math.floor(w <= cap ? w + even : ((width - narrow) * Math.sqrt(w)) / roots));
  return sizes.map((s, i) => (i === sizes.length - 1 ? s + width - sum(sizes) : s));
}

/** No column up to this width need be cut. */
function capOf(wanted: readonly number[], width: number): number {
  let left = width;
  const sorted = wanted.toSorted((a, b) => a - b);
  for (const [i, w] of sorted.entries()) {
    if (w > left / (sorted.length - i)) return left / (sorted.length - i);
    left -= w;
  }
  return width;
}

const sum = (ns: readonly number[]): number => ns.reduce((a, b) => a + b, 0);
