import { columns, paint } from './paint.ts';
import { cut, padEnd, padStart, widthOf } from './width.ts';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
  /** May be cut short where a terminal is too narrow. */
  readonly soft?: boolean;
}

/** The least that is left of a column that is cut short. */
const LEAST = 8;

/** A table without lines: a heading, and columns as wide as their widest entry, Chinese or not. */
export function table(head: readonly Column[], rows: readonly (readonly string[])[], indent = 0): string[] {
  const wanted = head.map((column, i) => Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[i] ?? ''))));
  const widths = fitted(head, wanted, (columns() ?? Infinity) - indent);
  const line = (cells: readonly string[]): string => {
    const shown = head.map((column, i) => {
      const [width, cell] = [widths[i] ?? 0, cells[i] ?? ''];
      return (column.right ? padStart : padEnd)(column.soft ? cut(cell, width) : cell, width);
    });
    return (' '.repeat(indent) + shown.join('  ')).trimEnd();
  };
  return [paint.faint(line(head.map((column) => column.title))), ...rows.map(line)];
}

/** Takes columns from the widest of those that may give some, until the whole fits. */
function fitted(head: readonly Column[], wanted: readonly number[], edge: number): number[] {
  const widths = [...wanted];
  for (let over = widths.reduce((sum, w) => sum + w + 2, -2) - edge; over > 0; over -= 1) {
    const widest = head.reduce((best, column, i) => (column.soft && (widths[i] ?? 0) > (widths[best] ?? 0) ? i : best), -1);
    if (widest < 0 || (widths[widest] ?? 0) <= LEAST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Names and what they mean, the names in a column of their own. */
export function pairs(entries: readonly (readonly [string, string])[], indent = 2): string[] {
  const width = Math.max(0, ...entries.map(([name]) => widthOf(name)));
  return entries.map(([name, value]) => `${' '.repeat(indent)}${paint.faint(padEnd(name, width))}  ${value}`);
}
