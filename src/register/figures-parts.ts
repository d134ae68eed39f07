import { sql, type SQL } from 'drizzle-orm';
import { NAME } from '../core/text.ts';
import { type Asked, type Breakdown, isBreakdown } from '../figures/statistics.ts';
import { json } from './database.ts';

// The parts of the statement that counts. Each is a name and what stands under it.

/** The named leader's role, which a case gives to a person. */
const LEADER = 'responsible-leader';

/** Cases with the newest value that an action told of a fact. */
const told = (name: string): SQL => sql`
  select distinct on (receipt) receipt, body->'fields'->>${name} as value from events
  where type = 'acted' and body->'fields' ? ${name} order by receipt, seq desc`;

/** Cases with the person who leads them by name, and with the highest rung that was told of anything in them. */
const led = sql`
  select distinct on (receipt) receipt, value from (
    select receipt, true as named, 0 as rung, seq, case when type = 'appointed' then 'person:' || person end as value from (
      select distinct on (receipt) receipt, seq, type, body->>'person' as person from events
      where type in ('appointed', 'relieved') and body->>'role' = ${LEADER} order by receipt, seq desc) a
    union all
    select receipt, false, (body->>'rung')::int, seq, 'role:' || (body->>'role') from events where type = 'escalated'
  ) l where value is not null order by receipt, named desc, rung desc, seq desc`;

/** What a case is grouped by: a table of values where it is not in its first event, and the expression. */
const GROUPS: Readonly<Record<Breakdown, readonly [table: SQL | undefined, group: SQL]>> = {
  month: [undefined, sql`null`],
  quarter: [undefined, sql`null`],
  unit: [undefined, sql`e.body->>'unit'`],
  channel: [undefined, sql`e.body->>'channel'`],
  procedure: [undefined, sql`e.body->'procedure'->>'id'`],
  leader: [led, sql`g.value`],
};

/** The value that was told last of a fact, in cases of the procedures in which it is a choice. */
function byChoice(name: string, definitions: Asked['definitions']): readonly [SQL, SQL] {
  const value = sql`coalesce(g.value, e.body->'fields'->>${name})`;
  const procedures = listed(definitions.filter((d) => d.choices.includes(name)).map((d) => d.procedure));
  // What is a choice today may have been free text when a case was opened: words that somebody wrote are no choice's name.
  return [told(name), sql`case when e.body->'procedure'->>'id' in ${procedures} and ${value} ~ ${NAME.source} then ${value} end`];
}

const listed = (names: readonly string[]): SQL => sql`(select jsonb_array_elements_text(${json(names)}::jsonb))`;

/** The day of an instant on the calendar of the case `m`. */
export const local = (at: SQL): SQL => sql`(${at} at time zone m.zone)::date`;

/**
 * `retimed`: when an event happened in truth, where somebody put that right. `matter`: the cases asked for, each with
 * the day on which it was received and its group.
 */
export function cases({ by = 'month', procedures, units, zones, definitions }: Asked): SQL {
  const [table, group] = isBreakdown(by) ? GROUPS[by] : byChoice(by, definitions);
  const meanings = definitions.flatMap((d) => (['accepted', 'finished', 'window'] as const).flatMap((as) => d[as].map((duty) => ({ procedure: d.procedure, duty, as }))));
  return sql`
    meaning as materialized (
      select d->>'procedure' as procedure, d->>'duty' as duty, d->>'as' as measure from jsonb_array_elements(${json(meanings)}::jsonb) d
    ),
    retimed as materialized (
      select distinct on (receipt, n) receipt, n, at
      from (select receipt, seq, (body->>'of')::int as n, (body->>'to')::timestamptz as at from events where type = 'corrected') c
      order by receipt, n, seq desc
    ),
    received as materialized (
      select e.receipt, e.body->'procedure'->>'id' as procedure, e.body->>'stage' as stage, coalesce(r.at, e.at) as at,
        coalesce(${json(zones)}::jsonb->>(e.body->'calendar'->>'id'), 'UTC') as zone, (${group})::text as grp
      from events e left join retimed r on r.receipt = e.receipt and r.n = e.seq ${table ? sql`left join (${table}) g on g.receipt = e.receipt` : sql``}
      where e.type = 'opened'
        ${procedures === undefined ? sql`` : sql`and e.body->'procedure'->>'id' in ${listed(procedures)}`}
        ${units === undefined ? sql`` : sql`and e.body->>'unit' in ${listed(units)}`}
    ),
    matter as materialized (select m.*, ${local(sql`m.at`)} as day from received m)`;
}

const DUE = sql`('duty-started', 'extended', 'restarted', 'resumed', 'due-moved')`;
const STATUS = sql`('duty-started', 'paused', 'resumed', 'restarted', 'met', 'released', 'lapsed')`;

/** The last value that is any, in the order of the timeline. */
const last = (value: SQL, where: SQL): SQL => sql`(array_agg(${value} order by seq desc) filter (where ${where}))[1]`;

/** `stood`: each duty that the figures mean, with its last due date and judgement, and what has become of it. */
export function duties({ asOf, definitions }: Asked): SQL {
  const names = [...new Set(definitions.flatMap((d) => [...d.accepted, ...d.finished, ...d.window]))];
  return sql`
    ran as materialized (
      select receipt, seq, type, at, recorded_at, instance, cause, late, due->>'dueDate' as due_date, due->>'dueAt' as due_at
      from (
        select receipt, seq, type, at, recorded_at, body->>'instance' as instance, (body->>'cause')::int as cause, (body->>'late')::boolean as late,
          case when type in ${DUE} then coalesce(body->'after', body) end as due
        from events
        where type in ('duty-started', 'extended', 'restarted', 'resumed', 'due-moved', 'paused', 'met', 'released', 'lapsed')
          and split_part(body->>'instance', '/', 1) in (select jsonb_array_elements_text(${json(names)}::jsonb))
      ) x
    ),
    judged as materialized (
      select receipt, instance, split_part(instance, '/', 1) as duty,
        ${last(sql`due_date`, sql`due_date is not null`)}::date as due_date,
        ${last(sql`due_at`, sql`due_at is not null`)}::timestamptz as due_at,
        ${last(sql`late`, sql`late is not null`)} as late,
        ${last(sql`type`, sql`type in ${STATUS}`)} as status,
        max(seq) filter (where type in ${STATUS}) as since,
        max(seq) filter (where type = 'due-moved' and due_at::timestamptz >= recorded_at) as reopened,
        ${last(sql`cause`, sql`type = 'met'`)} as met_by,
        ${last(sql`at`, sql`type = 'met'`)} as met_at
      from ran group by receipt, instance
    ),
    stood as materialized (
      select m.receipt, m.grp, m.day as received, x.measure, j.due_date,
        case when j.status = 'met' then ${local(sql`coalesce(r.at, j.met_at)`)} end as met_day,
        case
          when j.status = 'lapsed' and j.reopened > j.since then 'open'
          when j.status = 'paused' and ${startedAfterAll()} then 'open'
          when j.status in ('met', 'released', 'lapsed', 'paused') then j.status
          else 'open'
        end as status,
        coalesce(j.late, false) as late, j.due_at < ${asOf}::timestamptz as came_due
      from judged j join matter m on m.receipt = j.receipt
        join meaning x on x.procedure = m.procedure and x.duty = j.duty
        left join retimed r on r.receipt = j.receipt and r.n = j.met_by
    )`;
}

/** A clock that a correction showed to have run out before it was stopped was never stopped. */
const startedAfterAll = (): SQL => sql`exists (
  select from ran p join ran d on d.receipt = p.receipt and d.instance = p.instance and d.type = 'due-moved' and d.seq > p.seq
  where p.type = 'paused' and p.receipt = j.receipt and p.instance = j.instance and p.seq = j.since and d.due_at::timestamptz < coalesce((
    select (c.body->>'to')::timestamptz from events c
    where c.receipt = p.receipt and c.type = 'corrected' and (c.body->>'of')::int = p.cause and c.seq < d.seq order by c.seq desc limit 1), p.at))`;
