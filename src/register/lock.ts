import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { unavailable } from './unavailable.ts';

const Owner = z.object({ pid: z.int(), began: z.string() });

/**
 * Makes this process the only user of a folder. PGlite itself does not look whether another process has the same
 * files open, and two would destroy them. A lock left by a process that died is taken over.
 * @returns how to give it back
 * @throws RegisterUnavailable `in-use`, naming the process
 */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  const lock = join(dir, 'owner');
  const mine = join(dir, `owner.${process.pid}.${Math.random().toString(36).slice(2)}`);
  const content = JSON.stringify({ pid: process.pid, began: await began(process.pid), token: mine });
  await writeFile(mine, content, { mode: 0o600 });
  try {
    if (!(await claim(mine, lock))) {
      const owner = await ownerOf(lock);
      if (owner && (await began(owner.pid)) === owner.began) throw inUse(dir, owner.pid);
      await rename(mine, lock);
      await sleep(50);
      // Of two processes that take over the same lock, the one that wrote last keeps it.
      if ((await readFile(lock, 'utf8')) !== content) throw inUse(dir, (await ownerOf(lock))?.pid);
    }
  } finally {
    await unlink(mine).catch(() => undefined);
  }
  return async () => {
    if ((await readFile(lock, 'utf8').catch(() => '')) === content) await unlink(lock).catch(() => undefined);
  };
}

/** A link is made whole or not at all, unlike a file that is opened and then written. */
async function claim(mine: string, lock: string): Promise<boolean> {
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function ownerOf(lock: string): Promise<z.infer<typeof Owner> | undefined> {
  try {
    return Owner.parse(JSON.parse(await readFile(lock, 'utf8')));
  } catch {
    return undefined;
  }
}

/** When a process began, as far as the system tells, so that a number used again is not taken for its old owner; `` for none. */
async function began(pid: number): Promise<string> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return '';
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'alive';
}

const inUse = (dir: string, pid: number | undefined) =>
  unavailable('in-use', pid === undefined ? dir : `${dir} (process ${pid})`);
