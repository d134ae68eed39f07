import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, rows } from './database.ts';

/** A case that another one is linked to, seen from either. */
export const Linked = z.object({
  receipt: z.string(),
  key: z.string(),
  other: z.string(),
  relation: z.string(),
});
export type Linked = z.infer<typeof Linked>;

export interface Links {
  /** Enters a link, unless it would lead back to the case that asks for it. Idempotent. */
  enter(link: Linked): Promise<'entered' | 'loop'>;
  /** Takes back what did not come about. */
  drop(receipt: string, key: string): Promise<void>;
  /** Through how many other cases a case was opened or joined. */
  depth(receipt: string): Promise<number>;
  /** The links of a case, those that it asked for and those that others did. */
  of(receipt: string): Promise<Linked[]>;
}

export function linksOn(db: Database, safely: <T>(work: Promise<T>) => Promise<T>): Links {
  return {
    enter: (link) => safely(enter(db, link)),
    drop: (receipt, key) => safely(drop(db, receipt, key)),
    depth: (receipt) => safely(depth(db, receipt)),
    of: (receipt) => safely(rows(db, sql`select receipt, key, other, relation from case_links where receipt = ${receipt} or other = ${receipt} order by receipt, key`, Linked)),
  };
}

/** Entered first and looked at then: of two links that would close a loop together, at least one sees the other. */
async function enter(db: Database, { receipt, key, other, relation }: Linked): Promise<'entered' | 'loop'> {
  await db.execute(sql`
    insert into case_links (receipt, key, other, relation) values (${receipt}, ${key}, ${other}, ${relation})
    on conflict (receipt, key) do update set other = excluded.other, relation = excluded.relation`);
  const [found] = await rows(db, sql`
    with recursive beyond (receipt) as (
      select ${other}::text
      union
      select l.other from case_links l join beyond b on l.receipt = b.receipt
    )
    select exists (select from beyond where receipt = ${receipt}) as loop`, z.object({ loop: z.boolean() }));
  if (!found?.loop) return 'entered';
  await drop(db, receipt, key);
  return 'loop';
}

async function depth(db: Database, receipt: string): Promise<number> {
  const [found] = await rows(db, sql`
    with recursive before (receipt, n) as (
      select ${receipt}::text, 0
      union
      select l.receipt, b.n + 1 from case_links l join before b on l.other = b.receipt where b.n < 50
    )
    select max(n)::int as n from before`, z.object({ n: z.int() }));
  return found?.n ?? 0;
}

async function drop(db: Database, receipt: string, key: string): Promise<void> {
  await db.execute(sql`delete from case_links where receipt = ${receipt} and key = ${key}`);
}
