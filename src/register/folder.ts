import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import { RegisterFault } from './errors.ts';
import type { EmbeddedPGlite } from './embedded.ts';
import { failure } from './failure.ts';
import { lockFolder } from './lock.ts';
import { migrateFolder } from './migrate.ts';
import * as schema from './schema.ts';
import { unavailable } from './unavailable.ts';

/** An embedded database with its tables in order. */
export interface Embedded<P extends EmbeddedPGlite> {
  readonly pglite: P;
  readonly where: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens the embedded database in a folder, or in memory without one, with `make`. The folder is made if need be,
 * readable for its owner only, and belongs to this process until `close`.
 * @throws RegisterUnavailable
 */
export async function embed<P extends EmbeddedPGlite>(dir: string | undefined, make: (data: string | undefined) => P): Promise<Embedded<P>> {
  const where = dir === undefined ? 'memory' : resolve(dir);
  const release = dir === undefined ? async () => undefined : await takeFolder(where);
  try {
    const pglite = make(dir === undefined ? undefined : join(where, 'data'));
    await pglite.waitReady;
    await migrateFolder(drizzle(pglite, { schema }));
    const close = async (): Promise<void> => {
      if (!pglite.closed) await pglite.close();
      await release();
    };
    return { pglite, where, close };
  } catch (error) {
    await release();
    const why = failure(error, where);
    throw why instanceof RegisterFault && why.code === '' ? unavailable('damaged', where) : why;
  }
}

async function takeFolder(dir: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR'))
      throw unavailable('no-folder', dir);
    throw failure(error, dir);
  }
  return lockFolder(dir).catch((error: unknown) => {
    throw failure(error, dir);
  });
}
