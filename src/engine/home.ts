import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { PORT_NAMES } from './config.ts';
import type { EnginePorts } from './config.ts';
import { EngineError } from './errors.ts';
import { assertFree, freePorts, isFree, LOOPBACK } from './ports.ts';
import { commandOf, isAlive } from './process.ts';

const Port = z.int().min(1).max(65_535);
const State = z.object({
  pid: z.int().optional(),
  version: z.string(),
  ports: z.object({
    frontend: Port, frontendMembership: Port, history: Port, historyMembership: Port,
    matching: Port, matchingMembership: Port, worker: Port, workerMembership: Port,
  }),
});

/** What a home remembers of its server between starts. */
export type HomeState = z.infer<typeof State>;

// A server that shuts down closes its port within a second, and is gone within twenty.
const CLOSING_MS = 4_000;
const LEAVING_MS = 20_000;

/** What the last start wrote, or undefined in a new or damaged home. */
export async function readState(home: string): Promise<HomeState | undefined> {
  try {
    return State.parse(JSON.parse(await readFile(stateFile(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Replaces what the home remembers, in one step. */
export async function writeState(home: string, state: HomeState): Promise<void> {
  const next = `${stateFile(home)}.next`;
  await writeFile(next, `${JSON.stringify(state, undefined, 2)}\n`);
  await rename(next, stateFile(home));
}

/**
 * Two servers on one database would damage it, so a home has one server. A server whose parent
 * died is given time to leave.
 * @throws EngineError `engine-home-in-use`
 */
export async function assertUnused(home: string, state: HomeState | undefined): Promise<void> {
  if (state?.pid === undefined) return;
  const { pid, ports } = state;
  // A pid alone proves nothing: after a reboot it may belong to another program.
  const isOurs = async (serves: boolean) => (await commandOf(pid))?.includes(home) ?? serves;
  for (const began = Date.now(); isAlive(pid); await sleep(100)) {
    const serves = !(await isFree(ports.frontend));
    if (!(await isOurs(serves))) return;
    if (Date.now() - began < (serves ? CLOSING_MS : LEAVING_MS)) continue;
    const address = `${LOOPBACK}:${ports.frontend}`;
    throw new EngineError('engine-home-in-use', { home, pid: String(pid), address }, {
      en: `An engine (process ${pid}, ${address}) already runs on ${home}.`,
      zh: `目录 ${home} 已有引擎在运行(进程 ${pid},地址 ${address})。`,
    });
  }
}

/**
 * The ports for the next server: those asked for, else those of last time where they are free,
 * else new ones.
 * @throws EngineError `engine-port-taken` for a port that was asked for
 */
export async function choosePorts(asked: Partial<EnginePorts>, before: EnginePorts | undefined): Promise<EnginePorts> {
  await assertFree(Object.values(asked));
  const port = async (name: keyof EnginePorts): Promise<number> => {
    const known = asked[name] ?? before?.[name];
    if (known !== undefined && (asked[name] !== undefined || (await isFree(known)))) return known;
    const [fresh = 0] = await freePorts(1);
    return fresh;
  };
  const chosen = await Promise.all(PORT_NAMES.map(async (name) => [name, await port(name)] as const));
  return State.shape.ports.parse(Object.fromEntries(chosen));
}

const stateFile = (home: string): string => join(home, 'engine.json');
