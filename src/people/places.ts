import type { Book, BookProblem } from './book-rows.ts';
import { type Table, TABLES, type TableName } from './tables.ts';

type Place = Omit<BookProblem, 'text'>;
type Path = readonly PropertyKey[];

/** What a column is part of, where it is not called like it. */
const PARTS: Readonly<Record<string, Path>> = { titleZh: ['title', 'zh'], titleEn: ['title', 'en'] };

const keyOf = (path: Path): string => JSON.stringify(path.map(String));

/** Remembers in which sheet, row and column each part of an organisation stands. */
export class Places {
  readonly #known = new Map<string, Place>();
  readonly #names: Book['names'];

  constructor({ names }: Pick<Book, 'names'>) {
    this.#names = names;
  }

  put(path: Path, table: TableName, row: number, field?: string): void {
    const { sheet, columns } = this.#names[table];
    const column = field === undefined ? undefined : columns[field];
    this.#known.set(keyOf(path), { sheet, row, ...(column !== undefined && { column }) });
  }

  /** The place of a row, and of what is in its columns. */
  putRow(path: Path, table: TableName, row: number): void {
    const { fields }: Table = TABLES[table];
    this.put(path, table, row);
    for (const { key } of fields) this.put([...path, ...(PARTS[key] ?? [key])], table, row, key);
  }

  /** The place of a part, or of the nearest around it that has one; else the sheet that it would be in. */
  at(path: Path): Place {
    for (let n = path.length; n > 0; n -= 1) {
      const found = this.#known.get(keyOf(path.slice(0, n)));
      if (found) return found;
    }
    const first = path[0];
    return { sheet: first === 'units' || first === 'people' || first === 'rotas' || first === 'leave' ? this.#names[first].sheet : this.#names.institution.sheet };
  }
}
