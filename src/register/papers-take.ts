import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { By } from '../core/events.ts';
import type { Day, Instant } from '../core/instant.ts';
import type { Text } from '../core/text.ts';
import { type Database, json, rows, storable } from './database.ts';
import { sqlState } from './failure.ts';
import { COLUMNS, one, PaperRow } from './papers-row.ts';

/** A paper that is about to be made. */
export interface Wanted {
  readonly key: string;
  readonly receipt: string;
  readonly unit: string;
  readonly of: number;
  readonly kind: string;
  readonly title?: Text | undefined;
  /** The series that it takes a number from, and how a number of it is written; none for what has no number. */
  readonly series?: { readonly name: string; readonly scheme: string } | undefined;
  /** The local day on which it is made: its year is the year of the number. */
  readonly day: Day;
  readonly madeAt: Instant;
  readonly path: string;
  readonly addressee?: string | undefined;
  readonly copies: readonly string[];
  /** Of the content, where that is known already. */
  readonly sha256?: string | undefined;
}

/** The paper as it is on the register, or the number that another series has given already, where two are written alike. */
export type Taken = { readonly paper: PaperRow; readonly fresh: boolean } | { readonly clash: string };

const UNIQUE_VIOLATION = '23505';
const ATTEMPTS = 20;

/**
 * The number and the row are one statement: either both are there or neither. Whoever takes the next number of a
 * series waits for this one to be there or gone. A key that comes again, also at the same instant, takes no number.
 */
export async function take(db: Database, w: Wanted): Promise<Taken> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [made] = await rows(db, w.series ? numbered(w, w.series) : unnumbered(w), PaperRow);
      if (made) return { paper: made, fresh: true };
    } catch (error) {
      // The statement is undone, and with it the number. Either the key came twice at once, or the number is taken.
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
      if (constraintOf(error) === 'papers_number') return { clash: await written(db, w) };
      if (attempt === ATTEMPTS) throw error;
    }
    const paper = await one(db, w.key);
    if (paper) return { paper, fresh: false };
  }
}

const numbered = (w: Wanted, { name, scheme }: NonNullable<Wanted['series']>) => {
  const year = Number(w.day.slice(0, 4));
  return sql`
    with taken as (
      insert into paper_series (series, year, last) select ${name}, ${year}::int, 1 where not exists (select from papers where key = ${w.key})
      on conflict (series, year) do update set last = paper_series.last + 1
      returning last as n
    )
    insert into papers (key, document, receipt, unit, of, kind, title, path, made_at, addressee, copies, sha256, state, series, year, n, number)
    select ${values(w)}, ${name}, ${year}::int, n, ${numberIn(scheme, year)} from taken
    returning ${COLUMNS}`;
};

const unnumbered = (w: Wanted) => sql`
  insert into papers (key, document, receipt, unit, of, kind, title, path, made_at, addressee, copies, sha256, state)
  select ${values(w)} where not exists (select from papers where key = ${w.key})
  returning ${COLUMNS}`;

const values = (w: Wanted) => sql`${w.key}, ${w.key}, ${w.receipt}, ${w.unit}, ${w.of}::int, ${w.kind}, ${w.title ? json(w.title) : null}::jsonb,
  ${w.path}, ${w.madeAt}::timestamptz, ${w.addressee ?? null}, ${json(w.copies)}::jsonb, ${w.sha256 ?? null}, 'drafting'`;

const numberIn = (scheme: string, year: number) => sql`replace(replace(${scheme}::text, '{year}', ${String(year)}), '{n}', n::text)`;

/** The number that could not be given. */
async function written(db: Database, w: Wanted): Promise<string> {
  const year = Number(w.day.slice(0, 4));
  const [next] = await rows(db, sql`
    select ${numberIn(w.series?.scheme ?? '', year)} as number
    from (select coalesce(max(last), 0) + 1 as n from paper_series where series = ${w.series?.name ?? ''} and year = ${year}) next`, z.object({ number: z.string() }));
  return next?.number ?? '';
}

/** A new version of a document. It keeps the number. */
export interface Correction {
  readonly document: string;
  readonly key: string;
  readonly reason: string;
  readonly by?: By | undefined;
  readonly madeAt: Instant;
  /** The path of a version is this, with `-v2` and so on, and the ending. */
  readonly stem: string;
  readonly ending: string;
  readonly sha256?: string | undefined;
}

/** Replaces the newest version that is filed. Versions that come at once follow one another. */
export async function correction(db: Database, c: Correction): Promise<PaperRow | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [made] = await rows(db, sql`
        with base as (select * from papers where document = ${c.document} and state = 'filed' order by version desc limit 1),
        next as (select max(version) + 1 as version from papers where document = ${c.document})
        insert into papers (key, document, receipt, unit, of, kind, title, series, year, n, number, version, supersedes, replaced, reason, by, path,
          sha256, state, made_at, addressee, copies)
        select ${c.key}, document, receipt, unit, of, kind, title, series, year, n, number, next.version, key, sha256, ${storable(c.reason)},
          ${c.by ? json(c.by) : null}::jsonb, ${c.stem}::text || '-v' || next.version || ${c.ending}::text, ${c.sha256 ?? null}, 'drafting', ${c.madeAt}::timestamptz,
          addressee, copies
        from base, next where not exists (select from papers where key = ${c.key})
        returning ${COLUMNS}`, PaperRow);
      return made ?? (await one(db, c.key));
    } catch (error) {
      if (sqlState(error) !== UNIQUE_VIOLATION || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The name of the constraint that a statement ran against, however deep a driver wrapped it. */
function constraintOf(error: unknown): string {
  for (let e = error, deep = 0; e instanceof Error && deep < 8; e = e.cause, deep += 1) {
    const name: unknown = Reflect.get(e, 'constraint');
    if (typeof name === 'string') return name;
  }
  return '';
}
