import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Text } from '../core/text.ts';
import { type Institution, Post, postsOf } from '../institution/institution.ts';
import { type Database, json } from './database.ts';
import { institutions, posts } from './schema.ts';

/** The institution as lists show it. */
const Entered = z.object({
  id: z.string(),
  title: Text,
  lang: z.enum(['zh', 'en']),
  units: z.record(z.string(), z.object({ title: Text, parent: z.string().optional() })),
});
export type Entered = z.infer<typeof Entered>;

/** Who holds a role in a unit, or in the nearest unit above that has it. */
export async function post(db: Database, unit: string, role: string): Promise<Post | undefined> {
  const [row] = await db.select().from(posts).where(and(eq(posts.unit, unit), eq(posts.role, role)));
  return row && Post.parse({ ...row, title: row.title ?? undefined });
}

export async function institution(db: Database): Promise<Entered | undefined> {
  const [row] = await db.select().from(institutions).limit(1);
  return row && Entered.parse(row);
}

/** Puts an institution in the place of the one before, in one statement. */
export async function importInstitution(db: Database, of: Institution): Promise<void> {
  const units = Object.fromEntries(Object.entries(of.units).map(([name, { title, parent }]) => [name, { title, parent }]));
  await db.execute(sql`
    with put_institution as (
      insert into institutions (id, title, lang, units) values (${of.id}, ${json(of.title)}::jsonb, ${of.lang}, ${json(units)}::jsonb)
      on conflict (id) do update set title = excluded.title, lang = excluded.lang, units = excluded.units
    ),
    gone as (delete from institutions where id <> ${of.id}),
    incoming as (select p from jsonb_array_elements(${json(postsOf(of))}::jsonb) p),
    put_posts as (
      insert into posts (unit, role, title, email, lang)
      select p->>'unit', p->>'role', p->'title', p->>'email', p->>'lang' from incoming order by 1, 2
      on conflict (unit, role) do update set title = excluded.title, email = excluded.email, lang = excluded.lang
    )
    delete from posts where not exists (select from incoming where p->>'unit' = posts.unit and p->>'role' = posts.role)`);
}
