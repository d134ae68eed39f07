import { sql } from 'drizzle-orm';
import { type Database, rows, storable } from './database.ts';
import { COLUMNS, one, PaperRow } from './papers-row.ts';

/** What was filed under a paper's path. */
export interface Content {
  readonly sha256: string;
  readonly size: number;
}

/** The paper, and a row for each copy that must be given, in one statement. */
export async function filed(db: Database, key: string, { sha256, size }: Content): Promise<PaperRow | undefined> {
  const [row] = await rows(db, sql`
    with done as (
      update papers set state = 'filed', sha256 = ${sha256}, size = ${size}, filed_at = now()
      where key = ${key} and state = 'drafting' returning *
    ),
    put_copies as (
      insert into paper_copies (paper, role) select done.key, c.role from done, jsonb_array_elements_text(done.copies) c(role)
      on conflict do nothing
    )
    select ${COLUMNS} from done as papers`, PaperRow);
  const now = row ?? (await one(db, key));
  return now?.state === 'filed' ? now : undefined;
}

export async function pdf(db: Database, key: string, path: string, sha256: string): Promise<void> {
  await db.execute(sql`update papers set pdf_path = ${path}, pdf_sha256 = ${sha256} where key = ${key} and state = 'filed' and pdf_path is null`);
}

export async function giveUp(db: Database, key: string, reason: string): Promise<PaperRow | undefined> {
  await db.execute(sql`update papers set state = 'void', given_up = ${storable(reason)} where key = ${key} and state = 'drafting'`);
  return one(db, key);
}
