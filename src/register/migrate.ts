import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator';
import { sql } from 'drizzle-orm';
import { Client, type ClientConfig } from 'pg';
import { z } from 'zod';
import { type Database, rows } from './database.ts';
import { sqlState } from './failure.ts';
import * as schema from './schema.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** The number under which processes that migrate one PostgreSQL database wait for each other. */
const LOCK = 0x52_44_52_53;
const [NO_TABLE, NO_SCHEMA] = ['42P01', '3F000'];

/** Brings the tables of an embedded database, which has one user, to this version. Writes nothing where they are. */
export async function migrateFolder(db: PgliteDatabase<typeof schema>): Promise<void> {
  if (!(await isCurrent(db))) await migrateEmbedded(db, { migrationsFolder });
}

/**
 * Brings the tables of a PostgreSQL database to this version. Processes that start at once wait for each other; one
 * that finds the tables in order takes no lock and needs no right to create any.
 */
export async function migrateServer(db: NodePgDatabase<typeof schema>, connection: ClientConfig): Promise<void> {
  if (await isCurrent(db)) return;
  // A connection of its own: the lock belongs to it, and ends with it however this process ends.
  const client = new Client({ ...connection, statement_timeout: 0, query_timeout: 0 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await migrate(drizzle(client, { schema }), { migrationsFolder });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isCurrent(db: Database): Promise<boolean> {
  const newest = Math.max(...readMigrationFiles({ migrationsFolder }).map((m) => m.folderMillis));
  try {
    const [last] = await rows(db, sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`, z.object({ at: z.string().nullable() }));
    return Number(last?.at ?? 0) >= newest;
  } catch (error) {
    if (sqlState(error) === NO_TABLE || sqlState(error) === NO_SCHEMA) return false;
    throw error;
  }
}
