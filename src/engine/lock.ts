import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './process.ts';

const HEARTBEAT_MS = 10_000;
const STALE_MS = 60_000;
const POLL_MS = 250;

/**
 * Runs `work` while this process holds the lock directory `dir`; waits for another holder.
 * A lock is taken over when its owner is dead or has not touched it for a minute.
 * @param waiting called once, with the owner's pid, when somebody else holds the lock
 */
export async function withLock<T>(dir: string, waiting: (pid: number | undefined) => void, work: () => Promise<T>): Promise<T> {
  for (let told = false; !(await take(dir)); ) {
    const owner = await ownerOf(dir);
    if (await isStale(dir, owner)) {
      await discard(dir);
      continue;
    }
    if (!told) waiting(owner);
    told = true;
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => void utimes(dir, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(dir, { recursive: true, force: true });
  }
}

async function take(dir: string): Promise<boolean> {
  try {
    await mkdir(dir);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(dir, 'owner'), String(process.pid));
  return true;
}

async function ownerOf(dir: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(join(dir, 'owner'), 'utf8').catch(() => ''), 10);
  return Number.isNaN(pid) ? undefined : pid;
}

async function isStale(dir: string, owner: number | undefined): Promise<boolean> {
  if (owner !== undefined && !isAlive(owner)) return true;
  const touched = await stat(dir).then((s) => s.mtimeMs, () => undefined);
  return touched !== undefined && Date.now() - touched > STALE_MS;
}

/** A rename can succeed for one taker only, so two takers never both remove a lock. */
async function discard(dir: string): Promise<void> {
  const grave = `${dir}.${process.pid}.${Date.now()}`;
  await rename(dir, grave).catch(() => undefined);
  await rm(grave, { recursive: true, force: true });
}
