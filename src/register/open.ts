import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/pglite';
import { Pool, type PoolConfig } from 'pg';
import { failure } from './failure.ts';
import { EmbeddedPGlite } from './embedded.ts';
import { embed } from './folder.ts';
import { migrateServer } from './migrate.ts';
import { type Register, registerOn } from './register.ts';
import * as schema from './schema.ts';
import { unavailable } from './unavailable.ts';

export type { CaseFilter, Owed, OwedFilter } from './cases.ts';
export type { Register } from './register.ts';

export interface Place {
  /** A PostgreSQL database, or a folder that another process serves: postgres://… */
  readonly url?: string | undefined;
  /** A folder for the embedded database; its only user is this process. */
  readonly dir?: string | undefined;
  /** Bytes that must stay free on the disk of `dir`; 64 MiB when left out. */
  readonly reserve?: number | undefined;
  /** Gone with the process. For tests. */
  readonly memory?: boolean | undefined;
}

const CONNECT_MS = 5_000;
const STATEMENT_MS = 15_000;

/**
 * Opens the register and brings its tables to this version. `url` goes before `dir`, and that before `memory`.
 * @throws RegisterUnavailable
 */
export async function openRegister(place: Place): Promise<Register> {
  if (place.url !== undefined) return openServer(place.url);
  if (place.dir === undefined && place.memory !== true) throw unavailable('nowhere', '');
  const { pglite, where, close } = await embed(place.dir, (data) => new EmbeddedPGlite(data, place.reserve));
  return registerOn(drizzle(pglite, { schema }), where, close);
}

async function openServer(url: string): Promise<Register> {
  const where = nameOf(url);
  const connection: PoolConfig = {
    connectionString: url,
    application_name: 'redress',
    // Each statement is short; compiling one for the statistics takes longer than running it.
    options: '-c jit=off',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    // Also ends a wait for a server that has vanished from the network.
    query_timeout: STATEMENT_MS + CONNECT_MS,
    keepAlive: true,
  };
  const pool = new Pool(connection);
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on('error', () => undefined);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= pool.end());
  const db = drizzleServer(pool, { schema });
  try {
    await migrateServer(db, connection);
  } catch (error) {
    await close();
    throw failure(error, where);
  }
  return registerOn(db, where, close);
}

/** Host, port and database of an address, without user and password. */
function nameOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) throw unavailable('bad-url', '');
  const host = parsed.searchParams.get('host') ?? parsed.host;
  return `${host}${parsed.pathname}`;
}
