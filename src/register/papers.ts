import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, rows } from './database.ts';
import { papers } from './schema.ts';

export const Paper = z.object({
  key: z.string(),
  receipt: z.string(),
  of: z.int(),
  kind: z.string(),
  /** Within the archive, with forward slashes. */
  path: z.string(),
  sha256: z.string(),
});
export type Paper = z.infer<typeof Paper>;

/** Enters a paper. When its key is already entered, the first one stays and is the answer. */
export async function enter(db: Database, p: Paper): Promise<Paper> {
  const [row] = await rows(db, sql`
    insert into papers (key, receipt, of, kind, path, sha256)
    values (${p.key}, ${p.receipt}, ${p.of}, ${p.kind}, ${p.path}, ${p.sha256})
    on conflict (key) do update set key = excluded.key
    returning key, receipt, of, kind, path, sha256`, Paper);
  return row ?? p;
}

export async function paper(db: Database, key: string): Promise<Paper | undefined> {
  const [row] = await db.select().from(papers).where(eq(papers.key, key));
  return row && Paper.parse(row);
}

/** The papers of a case, in the order of the events that they are about. */
export async function papersOf(db: Database, receipt: string): Promise<Paper[]> {
  const found = await db.select().from(papers).where(eq(papers.receipt, receipt)).orderBy(asc(papers.of), asc(papers.key));
  return found.map((row) => Paper.parse(row));
}
