import { sql, type SQL } from 'drizzle-orm';
import type { Event } from '../core/events.ts';
import { eventWords, intakeWords } from '../figures/words.ts';
import { json } from './database.ts';

/** The part of the statement that records events by which they can be found; after `put_case`. None where they hold no words. */
export function putEventWords(receipt: string, events: readonly Event[]): SQL {
  const found = eventWords(events);
  if (found.length === 0) return sql``;
  return sql`, put_words as (
    insert into event_words (receipt, seq, words, grams)
    select ${receipt}, (w->>'seq')::int, w->>'words', (w->>'grams')::bigint[]
    from (select count(*) from put_case) as case_is_locked, jsonb_array_elements(${json(found)}::jsonb) w
    on conflict (receipt, seq) do nothing
  )`;
}

/** The part of the statement that enters a matter by which it can be found. It follows on `admitted`. */
export function putIntakeWords(intake: Parameters<typeof intakeWords>[0]): SQL {
  const { words, grams } = intakeWords(intake);
  return sql`, put_words as (
    insert into intake_words (receipt, words, grams)
    select receipt, ${words}, ${grams}::bigint[] from admitted where fresh
    on conflict (receipt) do nothing
  )`;
}
