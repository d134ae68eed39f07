import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Instant } from '../core/instant.ts';
import { type Database, json, rows } from './database.ts';
import { iso, whole } from './papers-row.ts';

const Copy = whole({ paper: z.string(), role: z.string(), person: z.string().optional(), givenAt: Instant.optional(), how: z.string().optional() });
/** A copy that a role must get, and whether it was given. */
export type Copy = z.infer<typeof Copy>;

export interface Given {
  readonly role: string;
  /** Who had it, where it was a person. */
  readonly person?: string | undefined;
  readonly at: Instant;
  /** In a word: `email`, `by-hand`. */
  readonly how: string;
}

const COLUMNS = sql.raw(`paper, role, person, ${iso('given_at')} as "givenAt", how`);

/** A role that was not on the list may be given a copy too. Nothing for a paper that is not filed. */
export async function gave(db: Database, key: string, { role, person, at, how }: Given): Promise<Copy | undefined> {
  await db.execute(sql`
    insert into paper_copies (paper, role, person, given_at, how)
    select key, ${role}, ${person ?? null}, ${at}::timestamptz, ${how} from papers where key = ${key} and state = 'filed'
    on conflict (paper, role) do update set person = excluded.person, given_at = excluded.given_at, how = excluded.how
    where paper_copies.given_at is null`);
  return (await rows(db, sql`select ${COLUMNS} from paper_copies where paper = ${key} and role = ${role}`, Copy))[0];
}

export const copiesOf = (db: Database, papers: readonly string[]): Promise<Copy[]> =>
  rows(db, sql`select ${COLUMNS} from paper_copies where paper in (select jsonb_array_elements_text(${json(papers)}::jsonb)) order by paper, role`, Copy);
