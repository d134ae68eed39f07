import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { By } from '../core/events.ts';
import { Instant } from '../core/instant.ts';
import { type Database, json, rows, storable } from './database.ts';
import { iso, whole } from './papers-row.ts';

/** What became of a paper on its way to the petitioner. */
export const Delivery = z.object({
  /** The same on every attempt to record it. */
  key: z.string().min(1),
  /** The key of the version that was delivered. */
  paper: z.string(),
  what: z.enum(['sent', 'received', 'refused', 'returned']),
  how: z.enum(['in-person', 'post', 'electronic']),
  at: Instant,
  /** The number of the registered letter. */
  tracking: z.string().optional(),
  /** A reference, or the hash of a file. */
  proof: z.string().optional(),
  by: By.optional(),
});
export type Delivery = z.infer<typeof Delivery>;

const Delivered = whole({ ...Delivery.shape, seq: z.coerce.number(), recordedAt: Instant });
/** A delivery on record. The one with the highest `seq` decides. */
export type Delivered = z.infer<typeof Delivered>;

const COLUMNS = sql.raw(`seq, key, paper, what, how, ${iso('at')} as at, tracking, proof, by, ${iso('recorded_at')} as "recordedAt"`);

export async function deliver(db: Database, d: Delivery): Promise<Delivered | undefined> {
  const [row] = await rows(db, sql`
    insert into paper_deliveries (key, paper, what, how, at, tracking, proof, by)
    select ${d.key}, key, ${d.what}, ${d.how}, ${d.at}::timestamptz, ${d.tracking ?? null}, ${d.proof === undefined ? null : storable(d.proof)},
      ${d.by ? json(d.by) : null}::jsonb
    from papers where key = ${d.paper} and state = 'filed'
    on conflict (key) do nothing
    returning ${COLUMNS}`, Delivered);
  return row ?? (await rows(db, sql`select ${COLUMNS} from paper_deliveries where key = ${d.key}`, Delivered))[0];
}

/** In the order in which they were recorded. */
export const deliveriesOf = (db: Database, papers: readonly string[]): Promise<Delivered[]> =>
  rows(db, sql`select ${COLUMNS} from paper_deliveries where paper in (select jsonb_array_elements_text(${json(papers)}::jsonb)) order by seq`, Delivered);
