import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type * as schema from './schema.ts';

/** Either driver: PGlite or node-postgres. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

const Result = z.object({ rows: z.array(z.unknown()) });

/** Runs one statement and parses its rows. One statement is one transaction. */
export async function rows<T>(db: Database, statement: SQL, row: z.ZodType<T>): Promise<T[]> {
  const result = Result.parse(await db.execute(statement));
  return result.rows.map((r) => row.parse(r));
}

/** A NUL or half a surrogate pair, as JSON.stringify escapes them: PostgreSQL stores neither. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/**
 * JSON for a jsonb parameter. Characters that PostgreSQL cannot store become U+FFFD, for an event that can never
 * be recorded would hold up its case for ever.
 */
export const json = (value: unknown): string => JSON.stringify(value).replace(UNSTORABLE, '$1\ufffd');

/** As `json`, for a text parameter. */
export const storable = (text: string): string => text.replace(/\0|[\ud800-\udfff]/gu, '\ufffd');
