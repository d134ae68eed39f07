import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Notice } from '../core/effects.ts';
import { Text } from '../core/text.ts';
import { type Database, json, rows } from './database.ts';
import { notices } from './schema.ts';

const optional = z.string().nullable().transform((s) => s ?? undefined);

/** How far a notice has come. `sent` and `failed` are final. */
const Progress = z.object({ key: z.string(), status: z.enum(['sending', 'sent', 'failed']), channel: optional, reason: optional });
export type Progress = z.infer<typeof Progress>;

const NoticeRow = Progress.extend({
  receipt: z.string(),
  of: z.int(),
  role: z.string(),
  subject: Text,
  attempts: z.int(),
});
export type NoticeRow = z.infer<typeof NoticeRow>;

/** Notes that these notices are about to be sent, counts the attempt, and tells which are already settled. */
export async function begin(db: Database, batch: readonly Notice[]): Promise<Map<string, Progress>> {
  if (batch.length === 0) return new Map();
  const once = [...new Map(batch.map((n) => [n.key, n])).values()];
  const begun = await rows(db, sql`
    insert into notices (key, receipt, of, role, subject, status, attempts)
    select n->>'key', n->>'receipt', (n->>'of')::int, n->>'role', n->'subject', 'sending', 1
    from jsonb_array_elements(${json(once)}::jsonb) n order by n->>'key'
    on conflict (key) do update set attempts = notices.attempts + case notices.status when 'sending' then 1 else 0 end
    returning key, status, channel, reason`, Progress);
  return new Map(begun.map((p) => [p.key, p]));
}

/** The channel took the notice over. */
export async function sent(db: Database, key: string, channel: string): Promise<void> {
  await db.update(notices).set({ status: 'sent', channel, reason: null, sentAt: sql`now()` }).where(eq(notices.key, key));
}

/** It cannot be sent, now or later. A notice that was sent stays sent. */
export async function failed(db: Database, key: string, reason: string): Promise<void> {
  await db.update(notices).set({ status: 'failed', reason }).where(and(eq(notices.key, key), eq(notices.status, 'sending')));
}

/** It could not be sent yet, and why. */
export async function putOff(db: Database, key: string, reason: string): Promise<void> {
  await db.update(notices).set({ reason }).where(and(eq(notices.key, key), eq(notices.status, 'sending')));
}

/** The notices of a case, in the order of the events that they are about. */
export async function noticesOf(db: Database, receipt: string): Promise<NoticeRow[]> {
  const found = await db.select().from(notices).where(eq(notices.receipt, receipt)).orderBy(asc(notices.of), asc(notices.key));
  return found.map((row) => NoticeRow.parse(row));
}
