import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, rows } from './database.ts';
import { one } from './papers-row.ts';
import { papers } from './schema-papers.ts';

/** A paper as it was before papers had numbers. */
export const Paper = z.object({ key: z.string(), receipt: z.string(), of: z.int(), kind: z.string(), path: z.string(), sha256: z.string() });
export type Paper = z.infer<typeof Paper>;

export async function enter(db: Database, p: Paper): Promise<Paper> {
  const [row] = await rows(db, sql`
    insert into papers (key, document, receipt, of, kind, path, sha256, state, filed_at)
    values (${p.key}, ${p.key}, ${p.receipt}, ${p.of}, ${p.kind}, ${p.path}, ${p.sha256}, 'filed', now())
    on conflict (key) do update set key = excluded.key
    returning key, receipt, of, kind, path, sha256`, Paper);
  return row ?? p;
}

export async function find(db: Database, key: string): Promise<Paper | undefined> {
  const row = await one(db, key);
  return row?.state === 'filed' ? Paper.parse(row) : undefined;
}

export async function of(db: Database, receipt: string): Promise<Paper[]> {
  const found = await db.select().from(papers).where(eq(papers.receipt, receipt)).orderBy(asc(papers.of), asc(papers.key));
  return found.filter((row) => row.state === 'filed').map((row) => Paper.parse(row));
}
