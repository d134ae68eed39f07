import { sql, type SQL } from 'drizzle-orm';
import { RATING } from '../figures/definitions.ts';
import type { Asked } from '../figures/statistics.ts';
import { json } from './database.ts';
import { local } from './figures-parts.ts';

// The second half of the statement that counts: what falls into a period, and what is open at its end.

const OUTCOME = sql`case
  when status = 'released' then case when late then 'late' else 'released' end
  when status = 'paused' or not came_due then 'not-due'
  when status = 'met' then case when late then 'late' else 'on-time' end
  when status = 'lapsed' then 'lapsed'
  else 'overdue' end`;

/**
 * `steps`, `taken`: what people did that moved a case or evaluated it, and its close. `facts`: one row for each thing that is
 * counted, on the day by which it falls into a period.
 */
export function facts(): SQL {
  return sql`
    steps as materialized (
      select receipt, seq, at, case when type = 'closed' then '' else body->>'stage' end as stage, body->'fields'->>${RATING} as rating
      from events where type in ('acted', 'closed')
    ),
    taken as materialized (
      select e.receipt, e.seq, e.stage, e.rating, m.procedure, m.grp, ${local(sql`coalesce(r.at, e.at)`)} as day
      from steps e join matter m on m.receipt = e.receipt left join retimed r on r.receipt = e.receipt and r.n = e.seq
      where e.stage is not null or e.rating is not null
    ),
    noted as materialized (
      select receipt, type, at, (body->>'cause')::int as cause, coalesce(body->>'rung', body->>'why', body->>'duty') as which
      from events where type in ('escalated', 'passed-over', 'extended', 'excused')
    ),
    told as materialized (
      select n.receipt, m.grp, m.procedure, n.type, n.which, ${local(sql`n.at`)} as day
      from noted n join matter m on m.receipt = n.receipt where n.type <> 'extended'
      union all
      select n.receipt, m.grp, m.procedure, n.type, n.which, ${local(sql`coalesce(r.at, n.at)`)}
      from noted n join matter m on m.receipt = n.receipt left join retimed r on r.receipt = n.receipt and r.n = n.cause where n.type = 'extended'
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
    stages as (
      select receipt, 1 as seq, day, procedure || '/' || stage in (select jsonb_array_elements_text(${json(final)}::jsonb)) as final from matter
      union all
      select receipt, seq, day, stage = '' or procedure || '/' || stage in (select jsonb_array_elements_text(${json(final)}::jsonb))
      from taken where stage is not null
    ),
    spans as materialized (
      select receipt, day as since, until from (
        select receipt, day, final, min(day) over (partition by receipt order by seq rows between 1 following and unbounded following) as until from stages
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
