import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Notice, Outcome } from '../core/effects.ts';
import type { Instant } from '../core/instant.ts';
import { Text } from '../core/text.ts';
import { type Database, json, rows } from './database.ts';
import { notices } from './schema.ts';

const optional = z.string().nullable().transform((s) => s ?? undefined);

export type Sent = Extract<Outcome, { result: 'sent' }>;
export type Failed = Extract<Outcome, { result: 'failed' }>;

/** How far a notice has come. `sent` and `failed` are final; `waiting` until its time. */
const Progress = z.object({
  key: z.string(),
  status: z.enum(['waiting', 'sending', 'sent', 'failed']),
  channel: optional,
  reason: optional,
  /** The message that it went into with others. */
  digest: optional,
  /** What its case was told of it, once it is settled. */
  outcome: Outcome.nullable().transform((o) => o ?? undefined),
});
export type Progress = z.infer<typeof Progress>;

const NoticeRow = Progress.extend({
  receipt: z.string(),
  of: z.int(),
  role: z.string(),
  subject: Text,
  attempts: z.int(),
});
export type NoticeRow = z.infer<typeof NoticeRow>;

/** Seconds after which whoever claimed a notice counts as gone, so that another may send it. */
const CLAIM_SECONDS = 90;

/** Notes that these notices are about to be sent, or wait; counts the attempt, and tells which are already settled. */
export async function begin(db: Database, batch: readonly Notice[]): Promise<Map<string, Progress>> {
  if (batch.length === 0) return new Map();
  const once = [...new Map(batch.map((n) => [n.key, n])).values()];
  const begun = await rows(db, sql`
    insert into notices (key, receipt, of, role, subject, status, attempts, not_before, waiting)
    select n->>'key', n->>'receipt', (n->>'of')::int, n->>'role', n->'subject',
      case when n ? 'notBefore' then 'waiting' else 'sending' end, 1,
      (n->>'notBefore')::timestamptz, case when n ? 'notBefore' then n end
    from jsonb_array_elements(${json(once)}::jsonb) n order by n->>'key'
    on conflict (key) do update set attempts = notices.attempts + case notices.status when 'sending' then 1 else 0 end
    returning key, status, channel, reason, digest, outcome`, Progress);
  return new Map(begun.map((p) => [p.key, p]));
}

/** What waits within the institution for an instant or an earlier one, the oldest first. A petitioner's letter is one's own. */
export async function waiting(db: Database, until: Instant, most: number): Promise<Notice[]> {
  const Row = z.object({ waiting: Notice });
  const found = await rows(db, sql`
    select waiting from notices where status = 'waiting' and not_before <= ${until} and not (waiting->>'outside')::boolean
    order by not_before, key limit ${most}`, Row);
  return found.map((row) => row.waiting);
}

/**
 * Takes notices for one sending, `digest`, so that nobody else sends them. What another sending has claimed and is
 * still at work on is not taken; what it claimed and left is.
 * @returns the keys that are now this sending's
 */
export async function claim(db: Database, keys: readonly string[], digest: string): Promise<string[]> {
  if (keys.length === 0) return [];
  const Row = z.object({ key: z.string() });
  // In one order, so that two claims that overlap wait for one another instead of locking each other out.
  const taken = await rows(db, sql`
    with free as (
      select key from notices where key in (select jsonb_array_elements_text(${json(keys)}::jsonb))
        and (status = 'waiting' or (status = 'sending' and (digest is null or digest = ${digest} or claimed_at < now() - make_interval(secs => ${CLAIM_SECONDS}))))
      order by key for update
    )
    update notices set status = 'sending', digest = ${digest}, claimed_at = now() from free where notices.key = free.key
    returning notices.key`, Row);
  return taken.map((row) => row.key);
}

/** What a sending had claimed and has not settled: a sending that is done again is the same one. */
export async function claimed(db: Database, digest: string): Promise<Notice[]> {
  const Row = z.object({ waiting: Notice });
  const found = await rows(db, sql`select waiting from notices where digest = ${digest} and status = 'sending' and waiting is not null order by key`, Row);
  return found.map((row) => row.waiting);
}

/** The channel took the notice over. What it said is no longer kept. */
export async function sent(db: Database, outcome: Sent): Promise<void> {
  await db.update(notices)
    .set({ status: 'sent', channel: outcome.channel, reason: null, sentAt: sql`now()`, outcome: sql`${json(outcome)}::jsonb`, waiting: null })
    .where(eq(notices.key, outcome.key));
}

/** It cannot be sent, now or later. A notice that was sent stays sent. */
export async function failed(db: Database, outcome: Failed): Promise<void> {
  await db.update(notices)
    .set({ status: 'failed', reason: outcome.reason, outcome: sql`${json(outcome)}::jsonb`, waiting: null })
    .where(and(eq(notices.key, outcome.key), inArray(notices.status, ['sending', 'waiting'])));
}

/** It could not be sent yet, and why. */
export async function putOff(db: Database, key: string, reason: string): Promise<void> {
  await db.update(notices).set({ reason }).where(and(eq(notices.key, key), eq(notices.status, 'sending')));
}

/** How far notices have come; none for those nobody has begun. */
export async function progress(db: Database, keys: readonly string[]): Promise<Map<string, Progress>> {
  if (keys.length === 0) return new Map();
  const found = await db.select().from(notices).where(inArray(notices.key, [...keys]));
  return new Map(found.map((row) => [row.key, Progress.parse(row)]));
}

/** The notices of a case, in the order of the events that they are about. */
export async function noticesOf(db: Database, receipt: string): Promise<NoticeRow[]> {
  const found = await db.select().from(notices).where(eq(notices.receipt, receipt)).orderBy(asc(notices.of), asc(notices.key));
  return found.map((row) => NoticeRow.parse(row));
}
