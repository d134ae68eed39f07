import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, json, rows } from './database.ts';
import { type Delivered, deliveriesOf } from './papers-deliveries.ts';
import { COLUMNS, PaperRow } from './papers-row.ts';

export interface PaperFilter {
  readonly receipt?: string | undefined;
  /** 200 when left out. */
  readonly limit?: number | undefined;
}

/** The newest version of a document that is filed, else the newest, and the last that became of it on its way. */
export type Listed = PaperRow & { readonly delivery?: Delivered | undefined };

/** How a series of numbers stands. */
const Series = z.object({ series: z.string(), year: z.int(), last: z.int(), missing: z.array(z.int()), beyond: z.array(z.int()) });
export type Series = z.infer<typeof Series>;

/** @param names numbers or keys */
export function versions(db: Database, names: readonly string[]): Promise<PaperRow[]> {
  const wanted = sql`select jsonb_array_elements_text(${json(names)}::jsonb)`;
  return rows(db, sql`
    select ${COLUMNS} from papers where document in (select document from papers where number in (${wanted}) or key in (${wanted}))
    order by document, version`, PaperRow);
}

export async function list(db: Database, { receipt, limit = 200 }: PaperFilter): Promise<Listed[]> {
  const fits = receipt === undefined ? sql`true` : sql`papers.receipt = ${receipt}`;
  const found = await rows(db, sql`
    select * from (
      select distinct on (papers.document) ${COLUMNS} from papers where ${fits}
      order by papers.document, (papers.state = 'filed') desc, papers.version desc
    ) papers order by "madeAt" desc, year desc nulls last, n desc, key limit ${limit}`, PaperRow);
  const last = new Map((await deliveriesOf(db, found.map((p) => p.key))).map((d) => [d.paper, d]));
  return found.map((p) => ({ ...p, delivery: last.get(p.key) }));
}

export function series(db: Database): Promise<Series[]> {
  return rows(db, sql`
    select series, year, coalesce(s.last, 0) as last,
      array(select given from generate_series(1, coalesce(s.last, 0)) as given
        where not exists (select from papers p where p.series = all_series.series and p.year = all_series.year and p.n = given) order by given) as missing,
      array(select distinct p.n from papers p
        where p.series = all_series.series and p.year = all_series.year and p.n > coalesce(s.last, 0) order by p.n) as beyond
    from (select series, year from paper_series union select series, year from papers where series is not null) all_series
      left join paper_series s using (series, year)
    order by series, year`, Series);
}

export const page = (db: Database, after: string, limit: number): Promise<PaperRow[]> =>
  rows(db, sql`select ${COLUMNS} from papers where key > ${after} order by key limit ${limit}`, PaperRow);

export const withoutPdf = (db: Database, limit: number): Promise<PaperRow[]> =>
  rows(db, sql`
    select ${COLUMNS} from papers where state = 'filed' and pdf_path is null and path like '%.docx'
    order by filed_at desc, key limit ${limit}`, PaperRow);
