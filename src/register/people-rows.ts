import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Organisation } from '../people/organisation.ts';

/** An instant as the core writes it. */
export const iso = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Pairs of a name and a value, in their order, as an object in that order. */
const named = <T extends z.ZodType>(value: T) =>
  z.array(z.tuple([z.string(), value])).transform((pairs): Record<string, z.output<T>> => Object.fromEntries(pairs));

const Units = named(z.object({ posts: named(z.unknown()) }).loose());
const Rotas = z.array(z.tuple([z.string(), z.unknown()])).transform((pairs) => {
  const plans = new Map<string, unknown[]>();
  for (const [id, plan] of pairs) plans.set(id, [...(plans.get(id) ?? []), plan]);
  return Object.fromEntries(plans);
});

/** The organisation as the statement below gives it. */
export const OrganisationRow = z.object({ organisation: z.object({ units: Units, people: named(z.unknown()), rotas: Rotas }).loose().transform((o): unknown => o).pipe(Organisation) });

const pairs = (key: SQL, value: SQL, order: SQL): SQL => sql`coalesce(jsonb_agg(jsonb_build_array(${key}, ${value}) order by ${order}), '[]')`;

/** Holdings that ever were in force. */
export const inForce = sql`(to_day is null or to_day >= from_day)`;

/** Everything by which a role becomes a person, in one statement. What nobody brought in yet has no units. */
export const organisationNow = sql`
  select jsonb_build_object(
    'id', coalesce((select id from institutions limit 1), ''),
    'lang', coalesce((select lang from institutions limit 1), 'zh'),
    'zone', coalesce((select zone from institutions limit 1), 'Asia/Shanghai'),
    'units', (select ${pairs(sql`u.id`, sql`jsonb_strip_nulls(jsonb_build_object('title', u.title, 'parent', u.parent))
      || jsonb_build_object('posts', (select ${pairs(sql`p.role`, sql`jsonb_strip_nulls(jsonb_build_object('title', p.title,
        'email', p.email, 'lang', p.lang, 'group', p.group_name, 'rota', p.rota, 'held', p.held))`, sql`p.place, p.role`)} from posts p where p.unit = u.id))`, sql`u.place, u.id`)} from units u),
    'people', (select ${pairs(sql`id`, sql`jsonb_strip_nulls(jsonb_build_object('name', name, 'title', title, 'unit', unit, 'email', email,
      'phone', phone, 'lang', lang, 'ways', ways))`, sql`place, id`)} from people where left_on is null),
    'holdings', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('unit', unit, 'role', role, 'person', person, 'as', held_as, 'rank', rank,
      'from', from_day, 'to', to_day)) order by unit, role, from_day, held_as, rank, id), '[]') from holdings where ${inForce}),
    'rotas', (select ${pairs(sql`id`, sql`plan || jsonb_strip_nulls(jsonb_build_object('from', from_day, 'to', to_day))`, sql`place, id, from_day`)} from rotas where ${inForce}),
    'leave', (select coalesce(jsonb_agg(jsonb_build_object('person', person, 'from', ${iso(sql`from_at`)}, 'to', ${iso(sql`to_at`)}, 'kind', kind) order by from_at, id), '[]')
      from leave where cancelled_at is null),
    'changes', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', id, 'rota', rota, 'kind', kind, 'who', who, 'instead', instead,
      'from', ${iso(sql`from_at`)}, 'to', ${iso(sql`to_at`)})) order by seq), '[]')
      from rota_changes c where kind <> 'revoke' and not exists (select from rota_changes r where r.revokes = c.id))
  ) as organisation`;
