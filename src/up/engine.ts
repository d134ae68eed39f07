import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Text } from '../core/text.ts';
import { connectEngine } from '../engine/connect.ts';
import { isAlive } from '../engine/process.ts';
import { type Engine, startEngine } from '../engine/start.ts';

const LOOK_EVERY_MS = 500;
const TRY_AGAIN_MS = 3000;

export interface KeptEngine {
  /** The engine as it is now; another one after a restart. */
  now(): Engine;
  stop(): Promise<void>;
}

/**
 * The engine that TEMPORAL_ADDRESS names, or one of our own on the data in the home. Our own is started again on the
 * same data when it dies, on the same ports where they are still free.
 * @param moved called when it came back at another address
 */
export async function keepEngine(config: Config, tell: (text: Text) => void, moved: () => void): Promise<KeptEngine> {
  const { namespace, temporalAddress, home } = config;
  const start = () => startEngine({ home: join(home, 'engine'), namespace, progress: (en, zh) => tell({ en, zh }) });
  if (temporalAddress !== undefined) {
    const engine = await connectEngine(temporalAddress, { namespace });
    return { now: () => engine, stop: () => engine.stop() };
  }
  let engine = await start();
  const ending = new AbortController();
  const { signal } = ending;

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await sleep(LOOK_EVERY_MS);
      if (signal.aborted || engine.pid === undefined || isAlive(engine.pid)) continue;
      tell({ zh: `引擎（进程 ${engine.pid}）意外终止，正在重新启动；事项没有丢失。`, en: `The engine (process ${engine.pid}) ended unexpectedly and is started again; no case is lost.` });
      await again();
    }
  }

  async function again(): Promise<void> {
    try {
      const { address } = engine;
      engine = await start();
      if (signal.aborted) await engine.stop();
      else if (engine.address !== address) moved();
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      tell({ zh: `引擎未能启动（${why}），稍后再试。`, en: `The engine did not start (${why}); trying again.` });
      await sleep(TRY_AGAIN_MS);
    }
  }

  const watching = watch();
  return {
    now: () => engine,
    async stop() {
      ending.abort();
      await watching;
      await engine.stop();
    },
  };
}
