import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AwsClient } from 'aws4fetch';
import { cacheFolder, isExecutable } from '../../src/engine/cache.ts';
import { withLock } from '../../src/engine/lock.ts';

/** An S3 server that checks signatures, hashes and conditions, and keeps its objects as files in a folder. */
const VERSION = '1.8.0';
const MODULE = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`;
const START_MS = 30_000;

export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The folder in which the objects of the bucket lie. */
  readonly objects: string;
  /** Stops it; what it holds stays. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops it and removes what it holds. */
  stop(): Promise<void>;
}

/** Starts an S3 server on the loopback, which is built with Go on a machine's first run. Fails with what is missing. */
export async function startS3(): Promise<S3Server> {
  const program = await built();
  const root = await mkdtemp(join(tmpdir(), 'redress-s3-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const [accessKeyId, secretAccessKey, region, bucket] = ['redress-test', 'secret-of-the-test', 'cn-test-1', 'archive'];
  const [data, sidecar] = [join(root, 'data'), join(root, 'meta')];
  await Promise.all([data, sidecar].map((folder) => mkdir(folder)));
  const start = async (): Promise<ChildProcess> => {
    const args = ['--port', `127.0.0.1:${port}`, '--region', region, '--quiet', 'posix', '--sidecar', sidecar, data];
    const server = spawn(program, args, { cwd: root, stdio: 'ignore', env: { ROOT_ACCESS_KEY_ID: accessKeyId, ROOT_SECRET_ACCESS_KEY: secretAccessKey } });
    await answers(server, endpoint);
    return server;
  };
  let server = await start();
  const made = await new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' }).fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
  if (made.status !== 200) throw new Error(`The S3 server did not make a bucket: ${made.status} ${await made.text()}`);
  return {
    endpoint, bucket, region, accessKeyId, secretAccessKey, objects: join(data, bucket),
    pause: () => end(server),
    async resume() {
      server = await start();
    },
    async stop() {
      await end(server);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function built(): Promise<string> {
  const target = join(cacheFolder(), `versitygw-${VERSION}${process.platform === 'win32' ? '.exe' : ''}`);
  if (await isExecutable(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  process.stderr.write('Building an S3 server for the tests with Go; a minute or two, once.\n');
  await withLock(`${target}.lock`, () => undefined, async () => {
    if (await isExecutable(target)) return;
    const bin = await mkdtemp(join(dirname(target), 'building-'));
    try {
      await promisify(execFile)('go', ['install', MODULE], { cwd: bin, env: { ...process.env, GOBIN: bin } });
      await rename(join(bin, process.platform === 'win32' ? 'versitygw.exe' : 'versitygw'), target);
    } catch (cause) {
      throw new Error(`The tests of the S3 archive need a server, which is built with Go 1.25 or later ("go install ${MODULE}"), and that failed. Install Go, or let it reach its module proxy.`, { cause });
    } finally {
      await rm(bin, { recursive: true, force: true });
    }
  });
  return target;
}

async function answers(server: ChildProcess, endpoint: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < START_MS; await sleep(50)) {
    if (server.exitCode !== null) throw new Error(`The S3 server ended at once with ${server.exitCode}.`);
    if (await fetch(endpoint).then(() => true, () => false)) return;
  }
  server.kill('SIGKILL');
  throw new Error(`The S3 server did not answer within ${START_MS / 1000} s.`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
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
