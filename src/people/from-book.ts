import { basename } from 'node:path';
import type { Text } from '../core/text.ts';
import { Institution, mistakesOf } from '../institution/index.ts';
import { organisationIn } from './book-organisation.ts';
import { type Book, type BookProblem, readBook } from './book-rows.ts';
import type { Frame } from './file.ts';

/** A workbook that does not describe an organisation. `text` names each sheet, row and column. */
export class BookError extends Error {
  override name = 'BookError';
  readonly code = 'bad-book';
  readonly field: string;
  readonly problems: readonly BookProblem[];
  readonly text: Text;

  constructor(file: string, problems: readonly BookProblem[]) {
    const lines = (lang: keyof Text): string => [basename(file), ...problems.map((p) => placed(p)[lang])].join('\n');
    super(lines('en'));
    this.field = basename(file);
    this.problems = problems;
    this.text = { zh: lines('zh'), en: lines('en') };
  }
}

/** A problem with its place, as one line. */
export function placed({ sheet, row, column, text }: BookProblem): Text {
  return {
    zh: `工作表“${sheet}”${row === undefined ? '' : `第 ${row} 行`}${column === undefined ? '' : `“${column}”`}：${text.zh}`,
    en: `Sheet "${sheet}"${row === undefined ? '' : `, row ${row}`}${column === undefined ? '' : `, "${column}"`}: ${text.en}`,
  };
}

/** An organisation from a workbook, and the sheets that were not read. */
export interface FromBook {
  readonly institution: Institution;
  readonly ignored: readonly string[];
}

/**
 * Reads an organisation from a workbook.
 * @param frame what holds of the institution itself where the workbook has no sheet for it
 * @throws BookError naming sheet and row of everything that is wrong, or SheetError where the file cannot be read at all
 */
export async function loadBook(file: string, frame: Frame | undefined): Promise<FromBook> {
  const book = await readBook(file);
  // Where a sheet or a column is not there, all that it would have held would be missed as well.
  const missing = book.problems.filter((p) => p.row === undefined);
  if (missing.length > 0) throw new BookError(file, missing);
  const { data, places, problems } = organisationIn(book, frame);
  const found = [...book.problems, ...problems];
  const parsed = Institution.safeParse(data);
  if (parsed.success && found.length === 0) return { institution: parsed.data, ignored: book.ignored };
  // What a cell with a problem leaves empty would be named once more.
  const named = new Set(found.map((p) => `${p.sheet}/${p.row ?? ''}`));
  const more = mistakesOf(data).map(({ path, text }): BookProblem => ({ ...places.at(path), text })).filter((p) => !named.has(`${p.sheet}/${p.row ?? ''}`));
  throw new BookError(file, [...found, ...more].toSorted(bySheet(book)));
}

function bySheet({ names }: Book): (a: BookProblem, b: BookProblem) => number {
  const order = Object.values(names).map((n) => n.sheet);
  return (a, b) => order.indexOf(a.sheet) - order.indexOf(b.sheet) || (a.row ?? 0) - (b.row ?? 0);
}
