import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { CaseView } from '../core/effects.ts';
import { Event } from '../core/events.ts';
import { Instant } from '../core/instant.ts';
import { eventWords, intakeWords } from '../figures/words.ts';
import { type Database, json, rows } from './database.ts';
import type { Intake } from './intakes.ts';

/** A case with all that has happened in it, and who brought it. */
export interface Whole {
  readonly intake: Intake;
  readonly events: readonly Event[];
  readonly view: CaseView;
}

const Receipt = z.object({ receipt: z.string() });

/**
 * Enters many cases in one statement, which is one transaction: a case is in with its petitioner, timeline, duties and
 * words, or not at all. One whose key or receipt is there already is left as it stands.
 * @returns the receipts of those that are new
 */
async function enter(db: Database, batch: readonly Whole[]): Promise<string[]> {
  const given = json(batch.map(({ intake: { key, contact, summary, identity = null }, events, view }) => ({ key, contact, summary, identity, view, events })));
  const words = json(batch.flatMap(({ view, events }) => eventWords(events).map((w) => ({ receipt: view.receipt, ...w }))));
  const told = json(batch.map(({ intake }) => ({ receipt: intake.receipt, ...intakeWords(intake) })));
  const entered = await rows(db, sql`
    with given as materialized (
      select g->'view' as view, g->'events' as events, g->>'key' as key, g->'contact' as contact, g->>'summary' as summary, nullif(g->'identity', 'null') as identity,
        g->'view'->>'receipt' as receipt
      from jsonb_array_elements(${given}::jsonb) g
      where not exists (select from cases where cases.receipt = g->'view'->>'receipt')
    ),
    admitted as (
      insert into intakes (receipt, key, contact, summary, identity)
      select receipt, key, contact, summary, identity from given order by receipt
      on conflict do nothing
      returning receipt
    ),
    fresh as materialized (select given.* from given join admitted using (receipt)),
    put_cases as (
      insert into cases (receipt, seq, procedure, version, unit, stage, overdue, level, received_at, closed_at, next_due, view)
      select receipt, (view->>'seq')::int, view->>'procedure', (view->>'version')::int, view->>'unit', view->>'stage', (view->>'overdue')::boolean,
        (view->>'level')::int, (view->>'receivedAt')::timestamptz, (view->>'closedAt')::timestamptz, (view->>'nextDue')::timestamptz, view
      from fresh
    ),
    put_duties as (
      insert into duties (receipt, instance, owes, status, overdue, due_at, view)
      select receipt, d->>'instance', d->>'owes', d->>'status', (d->>'overdue')::boolean, (d->>'dueAt')::timestamptz, d
      from fresh, jsonb_array_elements(view->'duties') d
    ),
    put_events as (
      insert into events (receipt, seq, type, at, recorded_at, body)
      select receipt, (e->>'seq')::int, e->>'type', (e->>'at')::timestamptz, (e->>'recordedAt')::timestamptz, e
      from fresh, jsonb_array_elements(events) e
    ),
    put_words as (
      insert into event_words (receipt, seq, words, grams)
      select w->>'receipt', (w->>'seq')::int, w->>'words', (w->>'grams')::bigint[]
      from jsonb_array_elements(${words}::jsonb) w join admitted on admitted.receipt = w->>'receipt'
      on conflict (receipt, seq) do nothing
    ),
    put_told as (
      insert into intake_words (receipt, words, grams)
      select w->>'receipt', w->>'words', (w->>'grams')::bigint[]
      from jsonb_array_elements(${told}::jsonb) w join admitted on admitted.receipt = w->>'receipt'
      on conflict (receipt) do nothing
    )
    select receipt from admitted`, Receipt);
  return entered.map((r) => r.receipt);
}

const Known = z.object({ receipt: z.string(), facts: z.array(z.object({ action: z.string().nullable(), at: Instant, recordedAt: Instant })) });

/** What people did in a case that is on the register: the receipt of it, and each action, with when it happened and when the register learnt it. */
export type Known = z.infer<typeof Known>['facts'];

/** Of these cases, those that are on the register. The receipt of a case has no action. */
async function known(db: Database, receipts: readonly string[]): Promise<Map<string, Known>> {
  const found = await rows(db, sql`
    select receipt, jsonb_agg(jsonb_build_object('action', body->>'action', 'at', body->>'at', 'recordedAt', body->>'recordedAt') order by seq) as facts
    from events
    where receipt in (select jsonb_array_elements_text(${json(receipts)}::jsonb)) and type in ('opened', 'acted')
    group by receipt`, Known);
  return new Map(found.map((r) => [r.receipt, r.facts]));
}

/** Which cases: of a procedure, a unit, one receipt, received from one instant on and before another. */
export interface StoryFilter {
  readonly procedure?: string | undefined;
  readonly unit?: string | undefined;
  readonly receipt?: string | undefined;
  readonly from?: Instant | undefined;
  readonly before?: Instant | undefined;
}

const Story = z.object({ view: CaseView, events: z.array(Event) });

/** A case as the register has it. */
export type Recorded = z.infer<typeof Story>;

const PAGE = 200;

/** The first cases that fit, by their receipt, after one of them. */
function page(db: Database, f: StoryFilter, after: string, most: number): Promise<Recorded[]> {
  return rows(db, sql`
    with page as materialized (
      select receipt, view from cases
      where receipt > ${after}
        and (${f.procedure ?? null}::text is null or procedure = ${f.procedure ?? null})
        and (${f.unit ?? null}::text is null or unit = ${f.unit ?? null})
        and (${f.receipt ?? null}::text is null or receipt = ${f.receipt ?? null})
        and (${f.from ?? null}::timestamptz is null or received_at >= ${f.from ?? null}::timestamptz)
        and (${f.before ?? null}::timestamptz is null or received_at < ${f.before ?? null}::timestamptz)
      order by receipt limit ${most}
    )
    select page.view, (select jsonb_agg(e.body order by e.seq) from events e where e.receipt = page.receipt) as events
    from page order by page.receipt`, Story);
}

/** Work on many cases at once. */
export interface Bulk {
  /** Enters cases that are not there yet, each wholly or not at all; gives the receipts of those that are new. */
  enter(batch: readonly Whole[]): Promise<string[]>;
  /** What people did in each of these cases that is on the register. */
  known(receipts: readonly string[]): Promise<Map<string, Known>>;
  /** The cases that fit with their timelines, in the order of their receipts; memory does not grow with them. */
  stories(filter?: StoryFilter): AsyncGenerator<Recorded>;
}

export function bulkOn(db: Database, safely: <T>(work: Promise<T>) => Promise<T>): Bulk {
  return {
    enter: (batch) => safely(enter(db, batch)),
    known: (receipts) => safely(known(db, receipts)),
    async *stories(filter = {}) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const found: Recorded[] = await safely(page(db, filter, after, PAGE));
        yield* found;
        after = found.length < PAGE ? undefined : found.at(-1)?.view.receipt;
      }
    },
  };
}
