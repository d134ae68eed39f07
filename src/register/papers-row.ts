import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { By } from '../core/events.ts';
import { Instant } from '../core/instant.ts';
import { Text } from '../core/text.ts';
import { type Database, rows } from './database.ts';

/** Columns that are null are left out. */
export const whole = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess((row) => (typeof row === 'object' && row !== null ? Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null)) : row), z.object(shape));

/** One version of a paper. */
export const PaperRow = whole({
  key: z.string(),
  /** The key of the first version. */
  document: z.string(),
  receipt: z.string(),
  unit: z.string(),
  of: z.int(),
  kind: z.string(),
  title: Text.optional(),
  series: z.string().optional(),
  year: z.int().optional(),
  n: z.int().optional(),
  number: z.string().optional(),
  version: z.int(),
  supersedes: z.string().optional(),
  /** The hash of what this version replaces. */
  replaced: z.string().optional(),
  reason: z.string().optional(),
  by: By.optional(),
  givenUp: z.string().optional(),
  /** Within the archive, with forward slashes. */
  path: z.string(),
  /** Of the content; where the content was known beforehand, also while it is being filed. */
  sha256: z.string().optional(),
  size: z.int().optional(),
  pdfPath: z.string().optional(),
  pdfSha256: z.string().optional(),
  state: z.enum(['drafting', 'filed', 'void']),
  madeAt: Instant,
  filedAt: Instant.optional(),
  addressee: z.string().optional(),
  copies: z.array(z.string()),
});
export type PaperRow = z.infer<typeof PaperRow>;

/** An instant as ours are written. */
export const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The columns of a PaperRow. */
export const COLUMNS: SQL = sql.raw(`papers.key, papers.document, papers.receipt, papers.unit, papers.of, papers.kind, papers.title,
  papers.series, papers.year, papers.n, papers.number, papers.version, papers.supersedes, papers.replaced, papers.reason, papers.by,
  papers.given_up as "givenUp", papers.path, papers.sha256, papers.size, papers.pdf_path as "pdfPath", papers.pdf_sha256 as "pdfSha256",
  papers.state, ${iso('papers.made_at')} as "madeAt", ${iso('papers.filed_at')} as "filedAt", papers.addressee, papers.copies`);

export async function one(db: Database, key: string): Promise<PaperRow | undefined> {
  return (await rows(db, sql`select ${COLUMNS} from papers where key = ${key}`, PaperRow))[0];
}
