import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Running, runningFile } from '../config.ts';
import { RedressError } from '../errors.ts';
import { RegisterUnavailable } from '../register/errors.ts';
import { lockFolder } from '../register/lock.ts';

/**
 * Makes a home and takes it for this process. What a killed process left behind is taken over.
 * @returns how to give it back
 * @throws RedressError `already-running`, naming the process
 */
export async function takeHome(home: string): Promise<() => Promise<void>> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  try {
    return await lockFolder(home);
  } catch (error) {
    if (!(error instanceof RegisterUnavailable) || error.code !== 'in-use') throw error;
    const pid = await ownerOf(home);
    throw new RedressError('already-running', 'REDRESS_HOME', {
      zh: `${home} 上已有 Redress 在运行（进程 ${pid}）。请直接使用它，或先停止它，或另设 REDRESS_HOME。`,
      en: `A Redress (process ${pid}) already runs on ${home}. Use it, stop it first, or set another REDRESS_HOME.`,
    }, error);
  }
}

async function ownerOf(home: string): Promise<string> {
  const owner = await readFile(join(home, 'owner'), 'utf8').catch(() => '');
  return /"pid":(\d+)/.exec(owner)?.[1] ?? '?';
}

/** Tells other commands where this Redress is. The file appears whole or not at all, and only its owner can read it. */
export async function announce(home: string, running: Running): Promise<void> {
  const next = `${runningFile(home)}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(running, undefined, 2)}\n`, { mode: 0o600 });
  await rename(next, runningFile(home));
}

export const withdraw = (home: string): Promise<void> => rm(runningFile(home), { force: true });
