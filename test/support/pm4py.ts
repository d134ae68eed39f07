import { execFile, spawn } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../src/engine/cache.ts';
import { withLock } from '../../src/engine/lock.ts';

const VERSION = '2.7.23.11';
const FOLDER = join(cacheFolder(), 'pm4py-venv');
const PYTHON = process.platform === 'win32' ? join(FOLDER, 'Scripts', 'python.exe') : join(FOLDER, 'bin', 'python');

/**
 * Runs a Python script that has pm4py, and gives what it prints as JSON. The
 * first time, pm4py is fetched from PyPI into the user's cache folder, which
 * takes some minutes; fails with what to install where that cannot be done.
 */
export async function python(script: string, ...args: readonly string[]): Promise<unknown> {
  await ready();
  const { stdout } = await promisify(execFile)(PYTHON, ['-c', script, ...args], { maxBuffer: 1 << 26, env: { ...process.env, MPLBACKEND: 'agg', PYTHONWARNINGS: 'ignore' } });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** For `beforeAll`, with a timeout of some minutes. */
export async function ready(): Promise<void> {
  const mark = join(FOLDER, `pm4py-${VERSION}`);
  if (await exists(mark)) return;
  await mkdir(cacheFolder(), { recursive: true });
  await withLock(`${FOLDER}.lock`, () => say('another process fetches pm4py, waiting'), async () => {
    if (await exists(mark)) return;
    await rm(FOLDER, { recursive: true, force: true });
    say(`fetching pm4py ${VERSION} into ${FOLDER}, once`);
    await run('python3', ['-m', 'venv', FOLDER]).catch((error: unknown) => {
      throw new Error('These tests load what Redress exports with pm4py, for which Python 3 with venv is needed: apt-get install python3 python3-venv', { cause: error });
    });
    await run(PYTHON, ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off', `pm4py==${VERSION}`]).catch((error: unknown) => {
      throw new Error(`pm4py ${VERSION} could not be fetched from PyPI; look at the lines above, and at the proxy settings of pip`, { cause: error });
    });
    await writeFile(mark, '');
  });
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

const say = (line: string): void => void process.stderr.write(`pm4py: ${line}\n`);

/** Runs a program and passes on what it says, line by line. */
function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => text.split('\n').filter((line) => /^(Collecting|Downloading|Installing|Successfully|ERROR)/.test(line)).forEach(say));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
  });
}
