import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Day, Instant } from '../core/instant.ts';
import type { Institution } from '../institution/index.ts';
import { Holding, Leave, type Organisation, RotaChange } from '../people/organisation.ts';
import type { Plan } from '../people/plan.ts';
import { type Database, json, rows } from './database.ts';
import { planFor, type Safely } from './people-import.ts';
import { inForce, iso, OrganisationRow, organisationNow } from './people-rows.ts';

/** A holding, with what its person is called, also where they have left. */
const HeldBy = Holding.extend({ name: z.string().optional() });
export type HeldBy = z.infer<typeof HeldBy>;

const LeaveRow = Leave.extend({ id: z.int(), cancelledAt: Instant.optional() });
export type LeaveRow = z.infer<typeof LeaveRow>;

const ChangeRow = RotaChange.extend({ recordedAt: Instant, revoked: z.boolean() });
export type ChangeRow = z.infer<typeof ChangeRow>;

export interface HoldingFilter {
  readonly unit?: string | undefined;
  readonly role?: string | undefined;
  readonly person?: string | undefined;
  /** Only those in force on this day. */
  readonly on?: Day | undefined;
}

/** Leave and changes that touch the time from one instant up to another. */
export interface Stretch {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** Who takes part in a case in another way than by their post. */
export interface Casting {
  readonly excluded: Readonly<Record<string, 'named' | 'conflict'>>;
  /** By role. */
  readonly appointed: Readonly<Record<string, string>>;
}

/** The organisation in the register: who is who, who held what when, who is on and who is away. */
export interface People {
  /** Everything that `find` needs. */
  organisation(): Promise<Organisation>;
  /** What bringing in an institution would change. Throws RedressError `overlaps-history`. */
  plan(institution: Institution, since?: Day): Promise<Plan>;
  /** Holdings of all times, the oldest of each post first; of one day, the holder first. */
  holdings(filter?: HoldingFilter): Promise<HeldBy[]>;
  readonly leave: {
    /** The same leave twice is one. */
    add(leave: Leave): Promise<LeaveRow>;
    list(filter?: Stretch & { readonly person?: string | undefined }): Promise<LeaveRow[]>;
    /** Takes back what lies between two instants; what lies outside stays. Returns the leave that was taken back or cut. */
    cancel(person: string, from: Instant, to?: Instant): Promise<LeaveRow[]>;
  };
  readonly changes: {
    /** Enters changes of one id, which are the two parts of a swap or one alone. Again with the same id: once. */
    add(parts: readonly RotaChange[]): Promise<void>;
    /** False where there is no such change, or it is revoked already. */
    revoke(id: string, by: string): Promise<boolean>;
    /** With those that were revoked, in the order in which they were made. */
    list(filter?: Stretch & { readonly rota?: string | undefined }): Promise<ChangeRow[]>;
  };
  /** Who is excluded from, or appointed in, each of some cases. */
  casting(receipts: readonly string[]): Promise<Map<string, Casting>>;
}

export async function organisation(db: Database): Promise<Organisation> {
  const [row] = await rows(db, organisationNow, OrganisationRow);
  if (!row) throw new Error('the organisation is one row');
  return row.organisation;
}

async function holdings(db: Database, f: HoldingFilter): Promise<HeldBy[]> {
  const fits = all(
    inForce,
    f.unit === undefined ? undefined : sql`h.unit = ${f.unit}`,
    f.role === undefined ? undefined : sql`h.role = ${f.role}`,
    f.person === undefined ? undefined : sql`h.person = ${f.person}`,
    f.on === undefined ? undefined : sql`from_day <= ${f.on}::date and (to_day is null or to_day >= ${f.on}::date)`,
  );
  const found = await rows(db, sql`
    select jsonb_strip_nulls(jsonb_build_object('unit', h.unit, 'role', h.role, 'person', h.person, 'as', held_as, 'rank', rank, 'from', from_day,
      'to', to_day, 'name', p.name)) as held
    from holdings h left join people p on p.id = h.person where ${fits}
    order by h.unit, h.role, ${f.on === undefined ? sql`from_day, ` : sql``}held_as desc, rank, h.id`, z.object({ held: HeldBy }));
  return found.map((row) => row.held);
}

const all = (...conditions: readonly (SQL | undefined)[]): SQL => sql.join(conditions.filter((c) => c !== undefined), sql` and `);

const touches = ({ from, to }: Stretch): (SQL | undefined)[] => [
  from === undefined ? undefined : sql`to_at > ${from}::timestamptz`,
  to === undefined ? undefined : sql`from_at < ${to}::timestamptz`,
];

const leaveRow = sql`jsonb_strip_nulls(jsonb_build_object('id', id, 'person', person, 'from', ${iso(sql`from_at`)}, 'to', ${iso(sql`to_at`)},
  'kind', kind, 'cancelledAt', ${iso(sql`cancelled_at`)})) as leave`;
const Leaves = z.object({ leave: LeaveRow });

async function addLeave(db: Database, away: Leave): Promise<LeaveRow> {
  const { person, from, to, kind } = away;
  const same = sql`person = ${person} and from_at = ${from}::timestamptz and to_at = ${to}::timestamptz and kind = ${kind} and cancelled_at is null`;
  const [row] = await rows(db, sql`
    with there as (select * from leave where ${same} limit 1),
    put as (
      insert into leave (person, from_at, to_at, kind) select ${person}, ${from}::timestamptz, ${to}::timestamptz, ${kind} where not exists (select from there)
      returning *
    )
    select ${leaveRow} from (select * from there union all select * from put) l`, Leaves);
  if (!row) throw new Error('leave was neither there nor entered');
  return row.leave;
}

async function listLeave(db: Database, f: Stretch & { readonly person?: string | undefined }): Promise<LeaveRow[]> {
  const fits = all(sql`cancelled_at is null`, f.person === undefined ? undefined : sql`person = ${f.person}`, ...touches(f));
  return (await rows(db, sql`select ${leaveRow} from leave where ${fits} order by from_at, person, id`, Leaves)).map((r) => r.leave);
}

async function cancelLeave(db: Database, person: string, from: Instant, to: Instant | undefined): Promise<LeaveRow[]> {
  const end = sql`coalesce(${to ?? null}::timestamptz, 'infinity')`;
  const cancelled = await rows(db, sql`
    with cut as (
      update leave set cancelled_at = now()
      where person = ${person} and cancelled_at is null and to_at > ${from}::timestamptz and from_at < ${end}
      returning *
    ),
    put as (
      insert into leave (person, from_at, to_at, kind)
      select person, from_at, ${from}::timestamptz, kind from cut where from_at < ${from}::timestamptz
      union all
      select person, ${to ?? null}::timestamptz, to_at, kind from cut where to_at > ${end}
    )
    select ${leaveRow} from cut order by from_at, id`, Leaves);
  return cancelled.map((r) => r.leave);
}

async function addChanges(db: Database, parts: readonly RotaChange[]): Promise<void> {
  await db.execute(sql`
    insert into rota_changes (id, part, kind, rota, who, instead, from_at, to_at)
    select c->>'id', n, c->>'kind', c->>'rota', c->>'who', c->>'instead', (c->>'from')::timestamptz, (c->>'to')::timestamptz
    from jsonb_array_elements(${json(parts)}::jsonb) with ordinality as parts (c, n) order by n
    on conflict (id, part) do nothing`);
}

async function revoke(db: Database, id: string, by: string): Promise<boolean> {
  const done = await rows(db, sql`
    insert into rota_changes (id, part, kind, rota, revokes)
    select ${by}, 1, 'revoke', rota, id from rota_changes c
    where id = ${id} and part = 1 and kind <> 'revoke' and not exists (select from rota_changes r where r.revokes = c.id)
    on conflict (id, part) do nothing returning id`, z.object({ id: z.string() }));
  return done.length > 0;
}

async function listChanges(db: Database, f: Stretch & { readonly rota?: string | undefined }): Promise<ChangeRow[]> {
  const fits = all(sql`kind <> 'revoke'`, f.rota === undefined ? undefined : sql`rota = ${f.rota}`, ...touches(f));
  const found = await rows(db, sql`
    select jsonb_strip_nulls(jsonb_build_object('id', id, 'rota', rota, 'kind', kind, 'who', who, 'instead', instead, 'from', ${iso(sql`from_at`)},
      'to', ${iso(sql`to_at`)}, 'recordedAt', ${iso(sql`recorded_at`)}, 'revoked', exists (select from rota_changes r where r.revokes = c.id))) as change
    from rota_changes c where ${fits} order by seq`, z.object({ change: ChangeRow }));
  return found.map((r) => r.change);
}

const Cast = z.object({ receipt: z.string(), excluded: z.record(z.string(), z.enum(['named', 'conflict'])), appointed: z.record(z.string(), z.string()) });

async function casting(db: Database, receipts: readonly string[]): Promise<Map<string, Casting>> {
  const found = await rows(db, sql`
    select receipt,
      coalesce(jsonb_object_agg(body->>'person', body->'why' order by seq) filter (where type = 'excluded'), '{}') as excluded,
      coalesce(jsonb_object_agg(body->>'role', body->'person' order by seq) filter (where type = 'appointed'), '{}') as appointed
    from events where receipt in (select jsonb_array_elements_text(${json(receipts)}::jsonb)) and type in ('excluded', 'appointed') group by receipt`, Cast);
  return new Map(found.map(({ receipt, excluded, appointed }) => [receipt, { excluded, appointed }]));
}

/** The People part of the register. `safely` turns errors of the database into ours. */
export function peopleOn(db: Database, safely: Safely): People {
  return {
    organisation: () => safely(organisation(db)),
    plan: (institution, since) => planFor(db, safely, institution, since),
    holdings: (filter = {}) => safely(holdings(db, filter)),
    leave: {
      add: (leave) => safely(addLeave(db, leave)),
      list: (filter = {}) => safely(listLeave(db, filter)),
      cancel: (person, from, to) => safely(cancelLeave(db, person, from, to)),
    },
    changes: {
      add: (parts) => safely(addChanges(db, parts)),
      revoke: (id, by) => safely(revoke(db, id, by)),
      list: (filter = {}) => safely(listChanges(db, filter)),
    },
    casting: (receipts) => safely(casting(db, receipts)),
  };
}
