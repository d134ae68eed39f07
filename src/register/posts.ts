import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Text } from '../core/text.ts';
import { Lang, Letterhead, NoticeHours, Numbering, Post } from '../institution/index.ts';
import { type Database, rows } from './database.ts';

/** The institution as lists and papers need it. */
const Entered = z.object({
  id: z.string(),
  title: Text,
  lang: Lang,
  zone: z.string(),
  letterhead: Letterhead.optional(),
  numbering: Numbering.optional(),
  notices: NoticeHours.optional(),
  units: z.record(z.string(), z.object({ title: Text, parent: z.string().optional() })),
});
export type Entered = z.infer<typeof Entered>;

/** The post that a role is in a unit, or in the nearest unit above that has it. */
export async function post(db: Database, unit: string, role: string): Promise<Post | undefined> {
  const [row] = await rows(db, sql`
    with recursive up (unit, depth) as (
      select ${unit}::text, 0
      union all
      select units.parent, depth + 1 from up join units on units.id = up.unit where units.parent is not null and depth < 32
    )
    select jsonb_strip_nulls(jsonb_build_object('unit', ${unit}::text, 'role', posts.role, 'title', posts.title, 'email', posts.email,
      'lang', coalesce(posts.lang, (select lang from institutions limit 1), 'zh'))) as post
    from up join posts on posts.unit = up.unit and posts.role = ${role} order by depth limit 1`, z.object({ post: Post }));
  return row?.post;
}

export async function institution(db: Database): Promise<Entered | undefined> {
  const [row] = await rows(db, sql`
    select jsonb_strip_nulls(jsonb_build_object('id', id, 'title', title, 'lang', lang, 'zone', zone, 'letterhead', letterhead,
      'numbering', numbering, 'notices', notices,
      'units', coalesce((select jsonb_object_agg(u.id, jsonb_build_object('title', u.title, 'parent', u.parent)) from units u), '{}'))) as institution
    from institutions order by revision desc limit 1`, z.object({ institution: Entered }));
  return row?.institution;
}
