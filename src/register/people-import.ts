import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Day, dayOf } from '../core/instant.ts';
import type { Institution } from '../institution/index.ts';
import { leaveOf, ownUnit } from '../people/from-institution.ts';
import { Holding } from '../people/organisation.ts';
import { type EnteredHolding, type Plan, planOf } from '../people/plan.ts';
import { clocksOf } from '../people/zone.ts';
import { type Database, json, rows } from './database.ts';
import { inForce, OrganisationRow, organisationNow } from './people-rows.ts';

/** How an institution is brought in. */
export interface Bringing {
  /** From which day what is new holds; today in the institution's zone when left out. */
  readonly since?: Day | undefined;
  /** What the file is, such as its hash: one that was the last to be brought in is not brought in again. */
  readonly source?: string | undefined;
}

const ATTEMPTS = 8;
const Revision = z.object({ revision: z.int(), source: z.string().nullable() });
const Entered = Holding.extend({ id: z.int() });

/** Turns errors of the database into the register's, and only those. */
export type Safely = <T>(work: Promise<T>) => Promise<T>;

/** What bringing in an institution would change. Changes nothing. @throws RedressError `overlaps-history` */
export async function planFor(db: Database, safely: Safely, institution: Institution, since: Day = today(institution)): Promise<Plan> {
  const [[found], entered] = await safely(Promise.all([rows(db, organisationNow, OrganisationRow), enteredHoldings(db)]));
  if (!found) throw new Error('the organisation is one row');
  return planOf(found.organisation, entered, institution, since);
}

/**
 * Puts an institution in the place of the one before, in one statement. Holdings and plans that are no longer in it
 * end on the day before `since` and stay; persons who are no longer in it stay as having left.
 * @returns what changed; undefined where the same source was the last to be brought in
 * @throws RedressError `overlaps-history` where the file contradicts what was the case before
 */
export async function importInstitution(db: Database, safely: Safely, institution: Institution, { since, source }: Bringing = {}): Promise<Plan | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const [before] = await safely(rows(db, sql`select revision, source from institutions order by revision desc limit 1`, Revision));
    if (source !== undefined && before?.source === source) return undefined;
    const plan = await planFor(db, safely, institution, since);
    if (await safely(carriedOut(db, institution, plan, before?.revision ?? 0, source))) return plan;
  }
  throw new Error('the institution is being brought in again and again at the same time');
}

const today = ({ zone }: Institution): Day => dayOf(clocksOf(zone).dayAt(Date.now()));

const enteredHoldings = async (db: Database): Promise<EnteredHolding[]> =>
  (await rows(db, sql`
    select jsonb_strip_nulls(jsonb_build_object('id', id, 'unit', unit, 'role', role, 'person', person, 'as', held_as, 'rank', rank,
      'from', from_day, 'to', to_day)) as held from holdings where ${inForce} order by id`, z.object({ held: Entered }))).map((r) => r.held);

/** False where another import came in between, and nothing was done. */
async function carriedOut(db: Database, institution: Institution, plan: Plan, revision: number, source: string | undefined): Promise<boolean> {
  const doc = json({ ...entries(institution), plan, source });
  const done = await rows(db, sql`
    with doc as (select ${doc}::jsonb d),
    claimed as (
      insert into institutions (id, title, lang, zone, letterhead, numbering, notices, source, revision)
      select d->>'id', d->'title', d->>'lang', d->>'zone', d->'letterhead', d->'numbering', d->'notices', d->>'source', ${revision}::int + 1
      from doc where coalesce((select max(i.revision) from institutions i), 0) = ${revision}::int
      on conflict (id) do update set title = excluded.title, lang = excluded.lang, zone = excluded.zone, letterhead = excluded.letterhead,
        numbering = excluded.numbering, notices = excluded.notices, source = excluded.source, revision = excluded.revision
      where institutions.revision = ${revision}::int
      returning id
    ),
    it as (select d from doc, claimed),
    gone as (delete from institutions using claimed where institutions.id <> claimed.id),
    put_units as (
      insert into units (id, place, title, parent)
      select u->>'id', (u->>'place')::int, u->'title', u->>'parent' from it, jsonb_array_elements(d->'units') u order by 1
      on conflict (id) do update set place = excluded.place, title = excluded.title, parent = excluded.parent
    ),
    no_units as (delete from units using it where not exists (select from jsonb_array_elements(d->'units') u where u->>'id' = units.id)),
    put_people as (
      insert into people (id, place, name, title, unit, email, phone, lang, ways)
      select p->>'id', (p->>'place')::int, p->>'name', p->'title', p->>'unit', p->>'email', p->>'phone', p->>'lang', p->'ways'
      from it, jsonb_array_elements(d->'people') p order by 1
      on conflict (id) do update set place = excluded.place, name = excluded.name, title = excluded.title, unit = excluded.unit, email = excluded.email,
        phone = excluded.phone, lang = excluded.lang, ways = excluded.ways, left_on = null
    ),
    left_people as (
      update people set left_on = (d->'plan'->>'since')::date from it
      where left_on is null and not exists (select from jsonb_array_elements(d->'people') p where p->>'id' = people.id)
    ),
    put_posts as (
      insert into posts (unit, role, place, title, email, lang, group_name, rota, held)
      select p->>'unit', p->>'role', (p->>'place')::int, p->'title', p->>'email', p->>'lang', p->>'group', p->>'rota', (p->>'held')::boolean
      from it, jsonb_array_elements(d->'posts') p order by 1, 2
      on conflict (unit, role) do update set place = excluded.place, title = excluded.title, email = excluded.email, lang = excluded.lang,
        group_name = excluded.group_name, rota = excluded.rota, held = excluded.held
    ),
    no_posts as (
      delete from posts using it
      where not exists (select from jsonb_array_elements(d->'posts') p where p->>'unit' = posts.unit and p->>'role' = posts.role)
    ),
    opened as (
      insert into holdings (unit, role, person, held_as, rank, from_day, to_day)
      select h->>'unit', h->>'role', h->>'person', h->>'as', (h->>'rank')::int, (h->>'from')::date, (h->>'to')::date
      from it, jsonb_array_elements(d->'plan'->'opened') h
    ),
    altered as (
      update holdings set rank = (c->'after'->>'rank')::int, from_day = (c->'after'->>'from')::date, to_day = (c->'after'->>'to')::date, changed_at = now()
      from it, jsonb_array_elements(d->'plan'->'altered') c where holdings.id = (c->>'id')::bigint
    ),
    put_rotas as (
      insert into rotas (id, from_day, place, plan)
      select r->>'id', (r->>'from')::date, coalesce((d->'rotaPlaces'->>(r->>'id'))::int, 0), r->'plan'
      from it, jsonb_array_elements((d->'plan'->'rotas'->'opened') || (d->'plan'->'rotas'->'replaced')) r
      on conflict (id, from_day) do update set place = excluded.place, plan = excluded.plan, to_day = null
    ),
    closed_rotas as (
      update rotas set to_day = (r->>'to')::date from it, jsonb_array_elements(d->'plan'->'rotas'->'closed') r
      where rotas.id = r->>'id' and rotas.from_day = (r->>'from')::date
    ),
    put_leave as (
      insert into leave (person, from_at, to_at, kind)
      select l->>'person', (l->>'from')::timestamptz, (l->>'to')::timestamptz, l->>'kind' from it, jsonb_array_elements(d->'leave') l
      where not exists (select from leave k where k.person = l->>'person' and k.kind = l->>'kind'
        and k.from_at = (l->>'from')::timestamptz and k.to_at = (l->>'to')::timestamptz)
    )
    select id from claimed`, z.object({ id: z.string() }));
  return done.length > 0;
}

/** The institution as rows, each with its place in the file. */
function entries({ id, title, lang, zone, letterhead, numbering, notices, units, people, rotas, leave }: Institution) {
  const listed = Object.entries(units).map(([name, unit]) => [name, ownUnit(unit)] as const);
  return {
    id, title, lang, zone, letterhead, numbering, notices,
    units: listed.map(([name, { posts: _posts, ...unit }], place) => ({ ...unit, id: name, place })),
    people: Object.entries(people).map(([name, person], place) => ({ ...person, id: name, place })),
    posts: listed.flatMap(([unit, { posts }]) => Object.entries(posts).map(([role, post], place) => ({ ...post, unit, role, place }))),
    rotaPlaces: Object.fromEntries(Object.keys(rotas).map((name, place) => [name, place])),
    leave: distinct(leave.map((entry) => leaveOf(entry, zone))),
  };
}

const distinct = <T>(list: readonly T[]): T[] => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
