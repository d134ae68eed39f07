import { basename } from 'node:path';
import { csvSource } from './csv/source.ts';
import { looksLikeDate, readDate } from './dates.ts';
import { undefused } from './defuse.ts';
import { empty, noSuchColumn, SheetError } from './error.ts';
import { problemOf } from './problems.ts';
import { sniff } from './sniff.ts';
import { type Cell, type Fault, isFault, type Problem, type RawCell, type RawRow, type ReadOptions, type Row, type Sheet, type Source } from './types.ts';
import { xlsSource } from './xls.ts';
import { lettersOf } from './xlsx/place.ts';
import { xlsxSource } from './xlsx/source.ts';

/**
 * Opens a table (CSV, XLSX or XLS, by its content, for names lie) and reads its header.
 * @throws SheetError for a file that cannot be read, a header that names two columns alike, or a column of `dates` that is not there
 */
export async function openSheet(file: string, options: ReadOptions = {}): Promise<Sheet> {
  const source = await sourceOf(file, options);
  const { headerRow, columns } = await headerOf(file, source, options.headerRow);
  for (const name of options.dates ?? []) if (!columns.includes(name)) throw noSuchColumn(file, name, columns.filter((c) => c !== ''));
  let emptyRows = 0;
  const { format, sheets, encoding, sheet } = source;
  return {
    format, sheets, headerRow,
    columns: columns.filter((c) => c !== ''),
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    get emptyRows() {
      return emptyRows;
    },
    async *rows() {
      emptyRows = 0;
      const rowOf = reader(source, columns, options);
      for await (const raw of source.rows(headerRow)) {
        if (raw.row <= headerRow) continue;
        if (!raw.fault && raw.cells.every(isBlank)) emptyRows += 1;
        else yield rowOf(raw);
      }
    },
  };
}

async function sourceOf(file: string, options: ReadOptions): Promise<Source> {
  switch (await sniff(file)) {
    case 'xlsx':
      return xlsxSource(file, options);
    case 'xls':
      return xlsSource(file, options);
    case 'csv':
      return csvSource(file, options);
  }
}

/** The rows of a table. See `openSheet`, which also tells of its columns. */
export async function* readRows(file: string, options: ReadOptions = {}): AsyncGenerator<Row> {
  yield* (await openSheet(file, options)).rows();
}

/** The names of the sheets of a workbook; none of a CSV. */
export async function sheetNames(file: string): Promise<readonly string[]> {
  return (await sourceOf(file, {})).sheets;
}

/** A cell as text; empty where there is none. */
export const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : typeof cell === 'boolean' ? (cell ? 'TRUE' : 'FALSE') : String(cell));

const isBlank = (cell: RawCell): boolean => cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** Names in the order of the columns; an unnamed column between others is ''. */
async function headerOf(file: string, source: Source, asked: number | undefined): Promise<{ headerRow: number; columns: readonly string[] }> {
  for await (const { row, cells, fault } of source.rows()) {
    if (asked === undefined ? cells.every(isBlank) && !fault : row < asked) continue;
    if (asked !== undefined && row > asked) break;
    const bad = fault ?? cells.find(isFault);
    if (bad) throw badHeader(file, row, bad);
    const columns = cells.map((c) => textOf(isFault(c) ? undefined : c).trim().replaceAll(/\s+/g, ' '));
    while (columns.at(-1) === '') columns.pop();
    const again = columns.find((name, i) => name !== '' && columns.indexOf(name) < i);
    if (again !== undefined) throw repeated(file, again, columns);
    if (columns.length > 0) return { headerRow: row, columns };
    break;
  }
  throw empty(file);
}

function badHeader(file: string, row: number, fault: Fault): SheetError {
  const { text } = problemOf(row, '', fault);
  return new SheetError('bad-header', basename(file), `表头（第 ${row} 行）：${text.zh}`, `The header (row ${row}): ${text.en}`);
}

function repeated(file: string, name: string, columns: readonly string[]): SheetError {
  const at = columns.flatMap((c, i) => (c === name ? [lettersOf(i)] : []));
  return new SheetError('repeated-column', basename(file), `有 ${at.length} 列都叫“${name}”（${at.join('、')} 列）；请改成不同的列名。`, `${at.length} columns are called "${name}" (${at.join(', ')}); give each a name of its own.`);
}

/** Gives the cells of a row their names, and says what is wrong with them. */
function reader(source: Source, columns: readonly string[], { dates = [], trim = true }: ReadOptions): (raw: RawRow) => Row {
  const isDate = columns.map((name) => dates.includes(name));
  const cut = (cell: RawCell): RawCell => (typeof cell === 'string' ? undefused(trim ? cell.trim() : cell) || undefined : cell);
  return ({ row, cells: raw, fault }) => {
    const cells: Record<string, Cell> = Object.create(null);
    const problems: Problem[] = fault ? [problemOf(row, '', fault)] : [];
    const original = columns.flatMap((name, i) => (name === '' ? [] : [shownAs(raw[i])]));
    if (fault) return { row, cells, problems, original };
    const beyond = raw.find((cell, i) => !isBlank(cell) && (columns[i] ?? '') === '');
    if (beyond !== undefined) problems.push(problemOf(row, '', { code: 'too-many-cells', value: shownAs(beyond) }));
    for (const [i, name] of columns.entries()) {
      if (name === '') continue;
      const cell = isDate[i] ? dated(source, cut(raw[i])) : cut(raw[i]);
      if (isFault(cell)) problems.push(problemOf(row, name, cell));
      else if (cell !== undefined) cells[name] = cell;
    }
    return { row, cells, problems, original };
  };
}

const shownAs = (cell: RawCell): string => (isFault(cell) ? cell.value : textOf(cell));

/** A cell of a column of dates. A bare number is a date as a sheet keeps it, or one without marks: 20260105. */
function dated(source: Source, cell: RawCell): RawCell {
  if (cell === undefined || isFault(cell)) return cell;
  const text = textOf(cell);
  const serial = typeof cell === 'number' && cell < 1_000_000 ? source.dateOf(cell) : undefined;
  return serial ?? readDate(text) ?? { code: looksLikeDate(text) ? 'no-such-date' : 'not-a-date', value: text };
}
