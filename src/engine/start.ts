import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EnginePorts } from './config.ts';
import { EngineError } from './errors.ts';
import { findEngine } from './find.ts';
import type { EngineBinary } from './find.ts';
import { assertUnused, choosePorts, readState, writeState } from './home.ts';
import { launch, whenAnswering } from './launch.ts';
import type { Launch } from './launch.ts';
import { withLock } from './lock.ts';
import { LOOPBACK } from './ports.ts';
import { prepare } from './prepare.ts';
import type { Child } from './process.ts';
import type { Progress } from './text.ts';
import { elapsed } from './text.ts';

export const NAMESPACE = 'redress';
export const RETENTION_DAYS = 90;

const STOP_GRACE_MS = 15_000;
const ATTEMPTS = 3;

/** A Temporal server that can be worked with. */
export type Engine = {
  /** `host:port` of its gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  /** Process of a server started here; undefined for one that was there already. */
  readonly pid: number | undefined;
  readonly how: EngineBinary['how'] | 'address';
  readonly ports: EnginePorts | undefined;
  /** SIGTERM, then SIGKILL after 15 seconds. Does nothing to a server that was not started here. */
  stop(): Promise<void>;
  /** SIGKILL at once, as a power cut would. */
  kill(): Promise<void>;
};

export type StartOptions = {
  /** Folder for configuration, log and database; made when missing. */
  readonly home: string;
  readonly progress: Progress;
  /** Keep nothing: for tests. */
  readonly memory?: boolean;
  /** Let callers skip time (see virtualTime.ts). Never in production. */
  readonly timeSkipping?: boolean;
  readonly namespace?: string;
  /** How long ended cases stay in the engine, when the namespace is new. Default 90 days. */
  readonly retentionDays?: number;
  /** Ports to use; those left out are as last time, or free ones. */
  readonly ports?: Partial<EnginePorts>;
  /** Use this program and do not look for one. */
  readonly binary?: EngineBinary;
};

/**
 * Starts a Temporal server on loopback with the data in `home`, with namespace and search
 * attributes ready. It ends with this process, however that ends.
 * @throws EngineUnavailable when there is no server and none can be built
 * @throws EngineError when it cannot start: port taken, home in use, died (with its log's end)
 */
export async function startEngine(options: StartOptions): Promise<Engine> {
  const home = resolve(options.home);
  const { progress, memory = false, timeSkipping = false } = options;
  const binary = options.binary ?? (await findEngine({ timeSkipping, progress }));
  await mkdir(home, { recursive: true });
  const waiting = (pid: number | undefined) =>
    progress(`Engine: another process (${pid ?? 'unknown'}) is starting on ${home}.`, `引擎：另一个进程（${pid ?? '未知'}）正在目录 ${home} 上启动。`);
  return withLock(join(home, 'engine.lock'), waiting, async () => {
    const before = await readState(home);
    await assertUnused(home, before);
    if (before !== undefined && before.version !== binary.version && !memory) {
      progress(
        `Engine: ${home} was last used by server ${before.version}, now by ${binary.version}.`,
        `引擎：目录 ${home} 上次由服务器 ${before.version} 使用，本次为 ${binary.version}。`,
      );
    }
    for (let attempt = 1; ; attempt += 1) {
      const ports = await choosePorts(options.ports ?? {}, attempt === 1 ? before?.ports : undefined);
      try {
        return await startOn({ binary, home, memory, timeSkipping, ports }, options);
      } catch (error) {
        if (attempt === ATTEMPTS || !lostPort(error)) throw error;
      }
    }
  });
}

async function startOn(run: Launch, options: StartOptions): Promise<Engine> {
  const { namespace = NAMESPACE, retentionDays = RETENTION_DAYS, progress } = options;
  const { binary, home, ports } = run;
  const began = Date.now();
  const child = await launch(run);
  try {
    await writeState(home, { pid: child.pid, version: binary.version, ports });
    const connection = await whenAnswering(child, run);
    try {
      await prepare(connection, namespace, retentionDays);
    } finally {
      await connection.close();
    }
  } catch (error) {
    await child.kill();
    throw error;
  }
  const address = `${LOOPBACK}:${ports.frontend}`;
  const time = elapsed(Date.now() - began);
  progress(`Engine: ready on ${address} (process ${child.pid}, ${time}).`, `引擎：已就绪，地址 ${address}（进程 ${child.pid}，用时 ${time}）。`);
  return { address, namespace, pid: child.pid, how: binary.how, ports, ...ending(child) };
}

const ending = (child: Child): Pick<Engine, 'stop' | 'kill'> => ({
  stop: () => child.stop(STOP_GRACE_MS),
  kill: () => child.kill(),
});

const lostPort = (error: unknown): boolean =>
  error instanceof EngineError && error.code === 'engine-died-at-start' && /address already in use/i.test(error.message);
