import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { Event } from '../core/events.ts';
import { type Asked, excerptOf, type Found, type Named, type Where } from '../figures/search.ts';
import { eventWords, intakeTexts, intakeWords, normal, probesOf, textsOf, wordsOf } from '../figures/words.ts';
import { type Database, json, rows } from './database.ts';
import { Contact } from './intakes.ts';

const LIMIT = 50;
/** Somebody who asks for more words gets the cases with the first of them. */
const MOST_WORDS = 16;

/** Where a word may be, the most telling first: results come in this order. */
const PLACES = ['receipt', 'intake', 'timeline', 'unit', 'stage'] as const satisfies readonly Where[];
const [RECEIPT, INTAKE, TIMELINE, UNIT, STAGE] = [0, 1, 2, 3, 4] as const;

/** Words and places as bits of a number, which is quicker to gather than a list. */
const bit = (n: number): number => 2 ** n;

/** The event and the word of an excerpt in one number: the intake first, then the timeline in its order. */
const [BY_SEQ, BY_PLACE] = [MOST_WORDS, 2 ** 40];

const Hit = z.object({
  receipt: z.string(),
  procedure: z.string(),
  calendar: z.string(),
  unit: z.string(),
  stage: z.string(),
  received: z.string(),
  overdue: z.boolean(),
  closed: z.boolean(),
  places: z.int(),
  best: z.coerce.number().nullable(),
  event: Event.nullable(),
  contact: Contact.nullable(),
  summary: z.string().nullable(),
  identity: z.array(z.string()).nullable().catch([]),
});

/**
 * The cases in which all the words are, as parts of others too; those with a word in their receipt come first, then
 * those of which the petitioner spoke of it, then the timelines, units and stages, each with the newest first.
 */
export async function search(db: Database, asked: Asked): Promise<Found[]> {
  const words = wordsOf(asked.words).slice(0, MOST_WORDS);
  if (words.length === 0) return [];
  const hits = sql.join(words.map((word, i) => hitsOf(word, i, asked)), sql` union all `);
  const found = await rows(db, sql`
    with hits as (${hits}),
    found as materialized (
      select h.receipt, bit_or(h.place) as places, min(h.place) as rank, min(h.excerpt) as best
      from hits h group by h.receipt having bit_or(h.word) = ${bit(words.length) - 1}::int
    ),
    listed as materialized (
      select c.receipt, c.procedure, c.unit, c.stage, c.overdue, c.closed_at, c.received_at, c.view, f.places, f.rank, f.best
      from found f join cases c on c.receipt = f.receipt
      order by f.rank, c.received_at desc, c.receipt limit ${asked.limit ?? LIMIT}
    )
    select l.receipt, l.procedure, l.unit, l.stage, l.overdue, l.closed_at is not null as closed, l.view->>'receivedAt' as received,
      l.view->>'calendar' as calendar, l.places, l.best::text as best, e.body as event, i.contact, i.summary, i.identity
    from listed l
      left join events e on l.best >= ${BY_PLACE}::bigint and e.receipt = l.receipt and e.seq = (l.best - ${BY_PLACE}::bigint) / ${BY_SEQ}
      left join intakes i on l.best < ${BY_PLACE}::bigint and i.receipt = l.receipt
    order by l.rank, l.received_at desc, l.receipt`, Hit);
  return found.map((hit) => shown(hit, words));
}

/** Where one word is. Its grams find the rows that may have it; then it is looked for in them. */
function hitsOf(word: string, n: number, { personal = true, named }: Asked): SQL {
  const probes = sql`${`{${probesOf(word).join(',')}}`}::bigint[]`;
  const parts = [sql`
    select receipt, ${bit(n)}::int as word, case when seq = 1 and strpos(lower(receipt), ${word}) > 0 then ${bit(RECEIPT)}::int else ${bit(TIMELINE)}::int end as place,
      ${BY_PLACE}::bigint + seq * ${BY_SEQ}::bigint + ${n}::int as excerpt
    from event_words where grams @> ${probes} and strpos(words, ${word}) > 0`];
  if (personal) parts.push(sql`
    select receipt, ${bit(n)}::int, ${bit(INTAKE)}::int, ${n}::bigint from intake_words where grams @> ${probes} and strpos(words, ${word}) > 0`);
  const { units, stages }: Named = named?.(word) ?? { units: [], stages: [] };
  if (units.length > 0) parts.push(sql`
    select receipt, ${bit(n)}::int, ${bit(UNIT)}::int, null from cases where unit in (select jsonb_array_elements_text(${json(units)}::jsonb))`);
  if (stages.length > 0) parts.push(sql`
    select receipt, ${bit(n)}::int, ${bit(STAGE)}::int, null from cases where procedure || '/' || stage in (select jsonb_array_elements_text(${json(stages)}::jsonb))`);
  return sql.join(parts, sql` union all `);
}

function shown(hit: z.infer<typeof Hit>, words: readonly string[]): Found {
  const { receipt, procedure, calendar, unit, stage, overdue, closed, received, places, best, event, contact, summary, identity } = hit;
  const texts = event ? textsOf(event) : contact ? intakeTexts({ contact, summary: summary ?? '', identity }) : [];
  const word = words[(best ?? 0) % BY_SEQ] ?? '';
  const excerpt = texts.map((text) => excerptOf(text, word, normal)).find((text) => text !== undefined);
  const where = PLACES.filter((_, place) => (places & bit(place)) !== 0);
  return { receipt, procedure, calendar, unit, stage, receivedAt: received, overdue, closed, where, ...(excerpt === undefined ? {} : { excerpt }) };
}

const Unindexed = z.object({ receipt: z.string(), events: z.array(Event) });
const UnindexedIntake = z.object({ receipt: z.string(), contact: Contact, summary: z.string(), identity: z.array(z.string()).nullable().catch([]) });
const BATCH = 200;

/** Makes what was recorded before there was a search, or was changed since, to be found. Gives how many cases that were. */
export async function makeSearchable(db: Database, progress: (cases: number) => void = () => undefined): Promise<number> {
  let done = 0;
  for (;;) {
    const cases = await rows(db, sql`
      select o.receipt, (select jsonb_agg(e.body order by e.seq) from events e where e.receipt = o.receipt) as events
      from events o where o.seq = 1 and not exists (select from event_words w where w.receipt = o.receipt and w.seq = 1)
      order by o.receipt limit ${BATCH}`, Unindexed);
    const intakes = await rows(db, sql`
      select i.receipt, i.contact, i.summary, i.identity from intakes i
      where not exists (select from intake_words w where w.receipt = i.receipt) order by i.receipt limit ${BATCH}`, UnindexedIntake);
    if (cases.length === 0 && intakes.length === 0) return done;
    const found = cases.flatMap(({ receipt, events }) => eventWords(events).map((w) => ({ receipt, ...w })));
    const brought = intakes.map(({ receipt, ...intake }) => ({ receipt, ...intakeWords(intake) }));
    await db.execute(sql`
      with put_words as (
        insert into event_words (receipt, seq, words, grams)
        select w->>'receipt', (w->>'seq')::int, w->>'words', (w->>'grams')::bigint[] from jsonb_array_elements(${json(found)}::jsonb) w
        on conflict (receipt, seq) do nothing
      )
      insert into intake_words (receipt, words, grams)
      select w->>'receipt', w->>'words', (w->>'grams')::bigint[] from jsonb_array_elements(${json(brought)}::jsonb) w
      on conflict (receipt) do nothing`);
    done += Math.max(cases.length, intakes.length);
    progress(done);
  }
}
