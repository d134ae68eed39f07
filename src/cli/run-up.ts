import type { Text } from '../core/text.ts';
import { stack } from '../up/stack.ts';
import { start } from '../up/up.ts';
import { failureOf } from './failure.ts';
import type { Io } from './io.ts';
import { note } from './terminal.ts';
import { welcome } from './welcome.ts';

/** Runs Redress until a signal, then stops everything in order. A second signal ends the process at once. */
export async function runUp(io: Io): Promise<void> {
  const started = stack();
  const asked = signalled();
  // On a terminal one line is written over; a log gets them all.
  const progress = (text: Text): void => (process.stderr.isTTY ? io.progress(text) : note(io, text));
  const starting = start(process.env, { progress, event: (text) => note(io, text) }, started);
  // Where a signal comes first, how the start ends is no longer of interest.
  starting.catch(() => undefined);
  const stop = (): Promise<void> => started.close((name, error) => {
    const { text } = failureOf(error);
    note(io, { zh: `停止 ${name} 时出错：${text.zh}`, en: `Stopping ${name}: ${text.en}` });
  });
  try {
    const up = await Promise.race([starting, asked]);
    if (up !== undefined) for (const line of welcome(up, io.lang)) io.out(line);
  } catch (error) {
    await stop();
    throw error;
  }
  await asked;
  note(io, { zh: '正在停止…', en: 'Stopping…' });
  await stop();
  note(io, { zh: '已停止。数据已保存，再次运行 redress up 即可继续。', en: 'Stopped. The data is kept; "redress up" goes on from here.' });
  // A start that was cut short may still hold the process up.
  process.exit(0);
}

const PARENT_EVERY_MS = 500;

/** Settles at the first signal to stop. */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    let told = false;
    const heed = (): void => {
      if (told) process.exit(130);
      told = true;
      resolve(undefined);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heed);
    whenLeftByNpm(() => told || heed());
  });
}

/** npm passes a signal to the shell in between, which ends and passes nothing on: then this process has another parent. */
function whenLeftByNpm(left: () => void): void {
  const { env: { npm_lifecycle_event: byNpm }, ppid } = process;
  if (byNpm === undefined || process.platform === 'win32') return;
  setInterval(() => process.ppid !== ppid && left(), PARENT_EVERY_MS).unref();
}
