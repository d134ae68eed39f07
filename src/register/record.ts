import { sql, type SQL } from 'drizzle-orm';
import type { CaseView } from '../core/effects.ts';
import type { Event } from '../core/events.ts';
import { type Database, json } from './database.ts';
import { RegisterConflict } from './errors.ts';
import { detail, sqlState } from './failure.ts';
import { putEventWords } from './search-words.ts';

/** Raised by the trigger in migrations/0001_append-only.sql. */
const OTHER_EVENT = 'RD001';

/**
 * Records events and the view of their case in one statement, which is one transaction and one round trip.
 *
 * Idempotent: an event that is already there is left alone, and a view replaces only an older one, so batches may
 * come twice and in any order. The case's row is locked first, so two recordings of one case follow one another.
 * @param repair puts the view in place whatever stands there
 * @throws RegisterConflict when another event stands under one of the numbers; nothing is then recorded
 */
export async function record(db: Database, events: readonly Event[], view: CaseView, repair = false): Promise<void> {
  const { receipt, duties } = view;
  const batch = json(distinct(receipt, events));
  try {
    await db.execute(sql`
      with put_case as (
        insert into cases (receipt, seq, procedure, version, unit, stage, overdue, level, received_at, closed_at, next_due, view)
        values (${receipt}, ${view.seq}, ${view.procedure}, ${view.version}, ${view.unit}, ${view.stage}, ${view.overdue},
          ${view.level}, ${view.receivedAt}, ${view.closedAt ?? null}, ${view.nextDue ?? null}, ${json(view)}::jsonb)
        on conflict (receipt) do update set seq = excluded.seq, procedure = excluded.procedure, version = excluded.version,
          unit = excluded.unit, stage = excluded.stage, overdue = excluded.overdue, level = excluded.level,
          received_at = excluded.received_at, closed_at = excluded.closed_at, next_due = excluded.next_due, view = excluded.view
        where cases.seq < excluded.seq or ${repair}
        returning receipt
      ),
      put_duties as (
        insert into duties (receipt, instance, owes, status, overdue, due_at, view)
        select put_case.receipt, d->>'instance', d->>'owes', d->>'status', (d->>'overdue')::boolean, (d->>'dueAt')::timestamptz, d
        from put_case, jsonb_array_elements(${json(duties)}::jsonb) d
        on conflict (receipt, instance) do update set owes = excluded.owes, status = excluded.status,
          overdue = excluded.overdue, due_at = excluded.due_at, view = excluded.view
        where duties.view is distinct from excluded.view
      ),
      put_events as (
        insert into events (receipt, seq, type, at, recorded_at, body)
        select ${receipt}, (e->>'seq')::int, e->>'type', (e->>'at')::timestamptz, (e->>'recordedAt')::timestamptz, e
        from (select count(*) from put_case) as case_is_locked, jsonb_array_elements(${batch}::jsonb) e
        on conflict (receipt, seq) do update set body = excluded.body
        where events.body is distinct from excluded.body
      )
      ${outcomes(events, batch)}
      ${putEventWords(receipt, events)}
      delete from duties using put_case where duties.receipt = put_case.receipt
        and not ${json(duties.map((d) => d.instance))}::jsonb ? duties.instance`);
  } catch (error) {
    if (sqlState(error) === OTHER_EVENT) throw RegisterConflict.event(receipt, Number(detail(error)) || undefined);
    throw error;
  }
}

/** The bookkeeping of a notice that was sent or failed while the register was away is brought up from its event. */
function outcomes(events: readonly Event[], batch: string): SQL {
  if (!events.some((e) => e.type === 'noticed' || e.type === 'notice-failed')) return sql``;
  return sql`, put_outcomes as (
    update notices set status = case e->>'type' when 'noticed' then 'sent' else 'failed' end,
      channel = e->>'channel', reason = e->>'reason', waiting = null,
      sent_at = case e->>'type' when 'noticed' then (e->>'at')::timestamptz end
    from jsonb_array_elements(${batch}::jsonb) e
    where e->>'type' in ('noticed', 'notice-failed') and notices.key = e->>'key' and notices.status in ('sending', 'waiting')
  )`;
}

/** One statement cannot meet the same row twice, so a batch that repeats an event is thinned first. */
function distinct(receipt: string, events: readonly Event[]): Event[] {
  const bySeq = new Map<number, Event>();
  for (const event of events) {
    const other = bySeq.get(event.seq);
    if (other && json(other) !== json(event)) throw RegisterConflict.event(receipt, event.seq);
    bySeq.set(event.seq, event);
  }
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
}
