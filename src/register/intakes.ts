import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, json, rows, storable } from './database.ts';
import { RegisterConflict } from './errors.ts';
import { sqlState } from './failure.ts';
import { intakes } from './schema.ts';
import { putIntakeWords } from './search-words.ts';

/** How to reach the petitioner. Personal data, which lies in the table of intakes and nowhere else. */
export const Contact = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  address: z.string().optional(),
  phone: z.string().optional(),
  lang: z.enum(['zh', 'en']).optional(),
});
export type Contact = z.infer<typeof Contact>;

export const Intake = z.object({
  receipt: z.string().min(1),
  /** The caller's idempotency key. */
  key: z.string().min(1),
  contact: Contact,
  summary: z.string(),
  /** The only roles that may know who it is, as the procedure has it; left out, whoever handles the case. */
  identity: z.array(z.string()).optional(),
});
export type Intake = z.infer<typeof Intake>;

/** The receipt of a matter, and whether its key had come before. */
export interface Admission {
  readonly receipt: string;
  readonly again: boolean;
}

const Admitted = z.object({ receipt: z.string(), fresh: z.boolean() });
const UNIQUE_VIOLATION = '23505';

/**
 * Enters a matter once for each key: when a key comes again, the first receipt is the answer.
 * @throws RegisterConflict when the receipt belongs to a matter with another key
 */
export async function admit(db: Database, intake: Intake): Promise<Admission> {
  const { receipt, key, contact, summary, identity } = intake;
  try {
    // An update of nothing returns the row that is already there, and waits for one that is just being written.
    const [row] = await rows(db, sql`
      with admitted as (
        insert into intakes (receipt, key, contact, summary, identity)
        values (${receipt}, ${key}, ${json(contact)}::jsonb, ${storable(summary)}, ${identity === undefined ? null : json(identity)}::jsonb)
        on conflict (key) do update set key = excluded.key
        returning receipt, (xmax = 0) as fresh
      )${putIntakeWords(intake)}
      select receipt, fresh from admitted`, Admitted);
    if (!row) throw new Error('an insert returned no row');
    return { receipt: row.receipt, again: !row.fresh };
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    // The receipt is taken: by the same key, where two came at once, or by another.
    const [first] = await db.select({ receipt: intakes.receipt }).from(intakes).where(eq(intakes.key, key));
    if (!first) throw RegisterConflict.receipt(receipt);
    return { receipt: first.receipt, again: true };
  }
}

const Kept = z.array(z.string()).nullish();

/** The roles that a petitioner's identity is kept to. What cannot be read keeps it to nobody. */
function keptTo(raw: unknown): { identity?: string[] } {
  const kept = Kept.safeParse(raw);
  if (!kept.success) return { identity: [] };
  return kept.data ? { identity: kept.data } : {};
}

/** The contact and words of who brought a matter, for those who need them. */
export async function petitioner(db: Database, receipt: string): Promise<Omit<Intake, 'key'> | undefined> {
  const [row] = await db.select().from(intakes).where(eq(intakes.receipt, receipt));
  return row && { receipt, contact: Contact.parse(row.contact), summary: row.summary, ...keptTo(row.identity) };
}
