import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Event } from '../core/events.ts';
import { type Day, Instant } from '../core/instant.ts';
import { DEFAULTS, entriesOf, type Entry, type Explanation } from '../figures/ledger.ts';
import { type Database, json, rows, storable } from './database.ts';

export interface LedgerFilter {
  readonly receipt?: string;
  readonly unit?: string;
  /** Who owed it, was told of it, or explained it. */
  readonly person?: string;
  /** Missed on this day or later, and on that or before. */
  readonly from?: Day;
  readonly to?: Day;
}

/** What somebody says to an entry. `key` is the caller's own: the same words are entered once for it. */
export interface Saying {
  readonly key: string;
  readonly receipt: string;
  readonly instance: string;
  readonly role: string;
  readonly person: string;
  readonly text: string;
}

/** Cases read at a time. */
const PAGE = 100;

/** An event that puts its duty into the ledger, and the end of time by which it was missed, as far as it says. */
const MISSES = sql`(
  select receipt, body->>'instance' as instance, (body->>'dueAt')::timestamptz as missed from events
  where type = 'fell-overdue' or (type = 'lapsed' and body->>'as' in (select jsonb_array_elements_text(${json(DEFAULTS)}::jsonb)))
  union all
  select receipt, body->>'instance', coalesce((body->'after'->>'dueAt')::timestamptz, at) from events
  where type in ('met', 'released', 'due-moved') and (body->>'late')::boolean)`;

const Said = z.object({ key: z.string(), instance: z.string(), role: z.string(), person: z.string(), text: z.string(), at: Instant });

const Row = z.object({
  receipt: z.string(),
  missed: z.string(),
  events: z.array(Event),
  owes: z.record(z.string(), z.string()),
  said: z.array(Said).nullable(),
});

/** An instant as the timeline writes it. */
const written = (at: ReturnType<typeof sql>) => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * The entries of the accountability ledger, case by case, the case with the newest first. They are made from the
 * timelines each time they are read, so there is nothing that could be taken out.
 * @param dayOf the day of an instant on a calendar, by its id
 */
export async function* ledger(db: Database, f: LedgerFilter, now: Instant, dayOf: (calendar: string, at: Instant) => Day): AsyncGenerator<Entry> {
  for (let after: { missed: string; receipt: string } | undefined = { missed: 'infinity', receipt: '' }; after; ) {
    const found: z.infer<typeof Row>[] = await page(db, f, after);
    for (const { events, owes, said } of found)
      for (const entry of entriesOf({ events, owes, explanations: said ?? [] }, now)) if (fits(entry, f, dayOf)) yield entry;
    const last = found.at(-1);
    after = last && found.length === PAGE ? last : undefined;
  }
}

/** Cases with entries that may fit. Days differ by calendar, so those at the edges are looked at too. */
function page(db: Database, f: LedgerFilter, after: { missed: string; receipt: string }): Promise<z.infer<typeof Row>[]> {
  const about = f.person === undefined ? sql`` : sql`and (
    exists (select from events e where e.receipt = c.receipt and (e.body->>'person' = ${f.person} or e.body->'by'->>'person' = ${f.person}))
    or exists (select from explanations x where x.receipt = c.receipt and x.person = ${f.person}))`;
  return rows(db, sql`
    with missed as materialized (select receipt, max(missed) as missed from ${MISSES} m
      where missed >= ${f.from ?? '-infinity'}::timestamptz - interval '2 days' and missed <= ${f.to ?? 'infinity'}::timestamptz + interval '3 days'
      group by receipt),
    page as materialized (
      select m.receipt, m.missed from missed m join cases c on c.receipt = m.receipt
      where (m.missed < ${after.missed}::timestamptz or (m.missed = ${after.missed}::timestamptz and m.receipt > ${after.receipt}))
        ${f.receipt === undefined ? sql`` : sql`and m.receipt = ${f.receipt}`}
        ${f.unit === undefined ? sql`` : sql`and (c.unit = ${f.unit} or exists (select from events e where e.receipt = c.receipt and e.type = 'duty-started' and e.body->>'person' = ${`unit:${f.unit}`}))`} ${about}
      order by m.missed desc, m.receipt limit ${PAGE}
    )
    select p.receipt, p.missed::text as missed,
      (select jsonb_agg(e.body order by e.seq) from events e where e.receipt = p.receipt) as events,
      coalesce((select jsonb_object_agg(d.instance, d.owes) from duties d where d.receipt = p.receipt), '{}') as owes,
      (select jsonb_agg(jsonb_build_object('key', x.key, 'instance', x.instance, 'role', x.role, 'person', x.person, 'text', x.text, 'at', ${written(sql`x.at`)}) order by x.at, x.key)
        from explanations x where x.receipt = p.receipt) as said
    from page p order by p.missed desc, p.receipt`, Row);
}

function fits(entry: Entry, { person, from, to, unit }: LedgerFilter, dayOf: (calendar: string, at: Instant) => Day): boolean {
  const day = dayOf(entry.calendar, entry.missedAt);
  if (unit !== undefined && entry.unit !== unit) return false;
  if ((from !== undefined && day < from) || (to !== undefined && day > to)) return false;
  return person === undefined || entry.owed.person === person || entry.metBy?.person === person ||
    entry.told.some((t) => t.reached?.person === person || t.passedOver.some((p) => p.person === person)) ||
    [...entry.unanswered, ...entry.tookOver, ...entry.explanations].some((x) => x.person === person);
}

/** Adds words to an entry; undefined where the ledger has none for this duty. */
export async function explain(db: Database, { key, receipt, instance, role, person, text }: Saying): Promise<Explanation | undefined> {
  const [said] = await rows(db, sql`
    with said as (
      insert into explanations (key, receipt, instance, role, person, text)
      select ${key}, ${receipt}, ${instance}, ${role}, ${person}, ${storable(text)}
      where exists (select from ${MISSES} m where m.receipt = ${receipt} and m.instance = ${instance})
      on conflict (key) do nothing
      returning *
    )
    select key, instance, role, person, text, ${written(sql`at`)} as at
    from (select * from said union all select * from explanations where key = ${key}) x where receipt = ${receipt} and instance = ${instance}`, Said);
  if (!said) return undefined;
  return { key: said.key, role: said.role, person: said.person, text: said.text, at: said.at };
}
