import { sql, type SQL } from 'drizzle-orm';
import { RATING } from '../figures/definitions.ts';
import type { Asked, Breakdown } from '../figures/statistics.ts';
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
  category: [told('category'), sql`coalesce(g.value, e.body->'fields'->>'category')`],
  origin: [told('origin'), sql`coalesce(g.value, e.body->'fields'->>'origin')`],
  leader: [led, sql`g.value`],
};

/** The day of an instant on the calendar of a case. */
const local = (at: SQL): SQL => sql`(${at} at time zone m.zone)::date`;

/**
 * `retimed`: when an event happened in truth, where somebody put that right. `matter`: the cases asked for, each with
 * the day on which it was received and its group.
 */
export function cases({ by, procedure, unit, zones, definitions }: Asked): SQL {
  const [table, group] = by === undefined ? GROUPS.month : GROUPS[by];
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
        ${procedure === undefined ? sql`` : sql`and e.body->'procedure'->>'id' = ${procedure}`}
        ${unit === undefined ? sql`` : sql`and e.body->>'unit' = ${unit}`}
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
  where p.receipt = j.receipt and p.instance = j.instance and p.seq = j.since and d.due_at::timestamptz < coalesce((
    select (c.body->>'to')::timestamptz from events c
    where c.receipt = p.receipt and c.type = 'corrected' and (c.body->>'of')::int = p.cause and c.seq < d.seq order by c.seq desc limit 1), p.at))`;

const OUTCOME = sql`case
  when status = 'released' then case when late then 'late' else 'released' end
  when status = 'paused' or not came_due then 'not-due'
  when status = 'met' then case when late then 'late' else 'on-time' end
  when status = 'lapsed' then 'lapsed'
  else 'overdue' end`;

/**
 * `taken`: what people did that moved a case or evaluated it, and its close. `facts`: one row for each thing that is
 * counted, on the day by which it falls into a period.
 */
export function facts(): SQL {
  return sql`
    taken as materialized (
      select e.receipt, e.seq, e.stage, e.rating, m.procedure, m.grp, ${local(sql`coalesce(r.at, e.at)`)} as day
      from (
        select receipt, seq, at, case when type = 'closed' then '' else body->>'stage' end as stage, body->'fields'->>${RATING} as rating
        from events where type in ('acted', 'closed')
      ) e join matter m on m.receipt = e.receipt left join retimed r on r.receipt = e.receipt and r.n = e.seq
      where e.stage is not null or e.rating is not null
    ),
    noted as materialized (
      select receipt, type, at, (body->>'cause')::int as cause, coalesce(body->>'rung', body->>'why', body->>'duty') as which
      from events where type in ('escalated', 'passed-over', 'extended', 'excused')
    ),
    told as materialized (
      select n.receipt, m.grp, m.procedure, n.type, n.which, ${local(sql`coalesce(r.at, n.at)`)} as day
      from noted n join matter m on m.receipt = n.receipt left join retimed r on n.type = 'extended' and r.receipt = n.receipt and r.n = n.cause
    ),
    done as materialized (
      select receipt, grp, measure, received, min(met_day) as day from stood where measure <> 'window' and status = 'met' group by receipt, grp, measure, received
    ),
    rated as materialized (
      select distinct on (receipt) receipt, grp, rating, day from taken where rating is not null order by receipt, seq desc
    ),
    asked as materialized (
      select receipt, max(grp) as grp, max(day) as day, bool_or(rated) as rated, bool_or(waiting) as waiting
      from (
        select receipt, grp, day, false as rated, false as waiting from done where measure = 'finished'
        union all select receipt, null, null, true, false from rated
        union all select receipt, null, null, false, true from stood where measure = 'window' and status in ('open', 'paused')
      ) a group by receipt having max(day) is not null
    ),
    facts as (
      select receipt, grp, 'received' as what, day, null::int as value from matter
      union all select receipt, grp, measure || '.' || ${OUTCOME}, due_date, null from stood where measure <> 'window'
      union all select t.receipt, t.grp, x.measure || '.excused', t.day, null
        from told t join meaning x on x.procedure = t.procedure and x.duty = t.which and x.measure <> 'window' where t.type = 'excused'
      union all select receipt, grp, 'days.' || measure, day, day - received from done
      union all select receipt, grp, 'rated.' || rating, day, null from rated
      union all select receipt, grp, 'asked', day, null from asked where rated or not waiting
      union all select receipt, grp, 'answered', day, null from asked where rated
      union all select receipt, grp, case when type = 'extended' then type else type || '.' || which end, day, null from told where type <> 'excused'
    )`;
}

/**
 * `still_open`: cases that had been received and stood in no final stage at the end of the period, and of each month or
 * quarter where those are asked for. A case stands in the stage of the last of the steps that had been taken by then.
 */
export function openAt({ by, from, to, asOf, definitions }: Asked): SQL {
  const final = definitions.flatMap((d) => d.final.map((stage) => `${d.procedure}/${stage}`));
  const periodic = by === 'month' || by === 'quarter';
  const [length, name] = by === 'quarter' ? [sql`interval '3 months'`, sql`to_char(first, 'YYYY"-Q"Q')`] : [sql`interval '1 month'`, sql`to_char(first, 'YYYY-MM')`];
  const ends = periodic ? sql`
      union all select false, ${name}, least((first + ${length})::date - 1, ${to ?? 'infinity'}::date)
      from (select min(greatest(day, ${from ?? '-infinity'}::date)) as first_day, max((${asOf}::timestamptz at time zone zone)::date) as today from matter) d,
        generate_series(date_trunc(${by}, first_day), least(${to ?? 'infinity'}::date, today), ${length}) first` : sql``;
  return sql`
    steps as (
      select receipt, 1 as seq, day, procedure || '/' || stage in (select jsonb_array_elements_text(${json(final)}::jsonb)) as final from matter
      union all
      select receipt, seq, day, stage = '' or procedure || '/' || stage in (select jsonb_array_elements_text(${json(final)}::jsonb))
      from taken where stage is not null
    ),
    spans as materialized (
      select receipt, day as since, until from (
        select receipt, day, final, min(day) over (partition by receipt order by seq rows between 1 following and unbounded following) as until from steps
      ) s where not final and (until is null or until > day)
    ),
    ends as (select true as total, null::text as grp, ${to ?? 'infinity'}::date as on_day ${ends}),
    aged as (
      select n.total, coalesce(n.grp, m.grp) as grp, least(n.on_day, (${asOf}::timestamptz at time zone m.zone)::date) - m.day as age
      from ends n join spans s on s.since <= n.on_day and (s.until is null or s.until > n.on_day) join matter m on m.receipt = s.receipt
      where m.day <= n.on_day
    ),
    staged as (
      select total, grp, 'open.' || case when age <= 15 then '0-15' when age <= 30 then '16-30' when age <= 60 then '31-60'
        when age <= 90 then '61-90' when age <= 180 then '91-180' else '181+' end as what from aged
    ),
    still_open as (
      select true as total, null::text as grp, what, count(*) as n from staged where total group by what
      union all select false, grp, what, count(*) from staged where ${periodic ? sql`not total` : sql`total`} group by grp, what
    )`;
}
