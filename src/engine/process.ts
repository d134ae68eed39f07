import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/** A child process which ends with this one. */
export type Child = {
  readonly pid: number;
  /** Settles when the process has ended; rejects when it could never be run. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks with SIGTERM, and uses SIGKILL after `graceMs`. Resolves when the process is gone. */
  stop(graceMs: number): Promise<void>;
  /** SIGKILL at once. Resolves when the process is gone. */
  kill(): Promise<void>;
};

/**
 * Runs a program in a session of its own, so that Ctrl-C in a terminal reaches this process
 * only, which then stops the child when its own work is done.
 * @throws the operating system's error when the program cannot be run
 */
export async function run(command: string, args: readonly string[], logFile: string): Promise<Child> {
  await rotate(logFile);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true, windowsHide: true });
  closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('spawn', () => (child.pid === undefined ? reject(new Error('no pid')) : resolve(child.pid)));
  });
  const ended: Child['ended'] = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  endWithParent(child, pid);
  child.unref();
  const gone = async () => {
    child.ref();
    await ended;
  };
  return {
    pid,
    ended,
    async stop(graceMs) {
      const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
      child.kill('SIGTERM');
      await gone();
      clearTimeout(late);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone();
    },
  };
}

/** The last lines of a log, for an error message. Empty when there is no log. */
export async function lastLines(logFile: string, count: number): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).map((line) => line.slice(0, 500)).join('\n');
}

/** Whether a process of this number runs now. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a running process; undefined where the system does not tell. */
export async function commandOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return undefined;
  }
}

/**
 * A shell waits on a pipe from this process. However this process ends, SIGKILL included, the
 * pipe closes and the shell stops the child.
 */
function endWithParent(child: ChildProcess, pid: number): void {
  const onExit = () => void child.kill('SIGTERM');
  process.once('exit', onExit);
  child.once('exit', () => process.removeListener('exit', onExit));
  if (process.platform === 'win32') return;
  const script = `read -r _; n=0
while kill -TERM "$0" 2>/dev/null; do n=$((n+1)); test $n -gt 15 && kill -KILL "$0"; sleep 1; done`;
  const watcher = spawn('/bin/sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.on('error', () => undefined);
  watcher.unref();
  if ('unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref();
  child.once('exit', () => watcher.kill('SIGKILL'));
}

async function rotate(logFile: string): Promise<void> {
  const size = await stat(logFile).then((s) => s.size, () => 0);
  if (size > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.1`);
}
