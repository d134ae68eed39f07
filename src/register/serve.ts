import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { failure } from './failure.ts';
import { embed } from './folder.ts';
import { SharedPGlite } from './shared.ts';

const CONNECTIONS = 200;

export interface Served {
  /** For `openRegister({ url })`, in this process and in others on this machine. */
  readonly url: string;
  close(): Promise<void>;
}

export interface Serving {
  /** The folder of the embedded database; in memory when left out. */
  readonly dir?: string | undefined;
  /** Listen on this port of 127.0.0.1 (0: a free one) instead of on a socket file. Any user of the machine can connect. */
  readonly port?: number | undefined;
  /** Bytes that must stay free on the disk; 64 MiB when left out. */
  readonly reserve?: number | undefined;
}

/**
 * Serves an embedded database in PostgreSQL's protocol, so that several processes share it. Nothing else may use the
 * folder meanwhile; this process connects by `url` too.
 *
 * The protocol is served without a password, and the register holds personal data. So the default is a socket file in
 * a folder that only this user can enter, and a port only where there are no such files, or where one is asked for.
 * @throws RegisterUnavailable
 */
export async function serveRegister({ dir, port, reserve }: Serving): Promise<Served> {
  const { pglite, where, close } = await embed(dir, (data) => new SharedPGlite(data, reserve));
  const listening = port === undefined && process.platform !== 'win32' ? await socketFile() : atPort(port ?? 0);
  const server = new PGLiteSocketServer({ db: pglite, maxConnections: CONNECTIONS, ...listening.options });
  try {
    await server.start();
  } catch (error) {
    await listening.tidy();
    await close();
    throw failure(error, where);
  }
  let closed: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await server.stop();
    await close();
    await listening.tidy();
  };
  return { url: listening.url(server.getServerConn()), close: () => (closed ??= end()) };
}

async function socketFile() {
  // In the system's folder for temporary files, for the path of a socket may have a hundred characters or so.
  const folder = await mkdtemp(join(tmpdir(), 'redress-'));
  return {
    options: { path: join(folder, '.s.PGSQL.5432') },
    url: () => `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    tidy: () => rm(folder, { recursive: true, force: true }),
  };
}

function atPort(port: number) {
  return {
    options: { host: '127.0.0.1', port },
    url: (address: string) => `postgres://postgres@${address}/postgres`,
    tidy: async () => undefined,
  };
}
