import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type Worker } from '@temporalio/worker';
import type { Text } from '../core/text.ts';

const TRY_AGAIN_MS = 2000;
const DRAIN_MS = 15_000;

export interface KeptWorker {
  /** Makes a new worker in the place of this one, for an engine that has moved. */
  renew(): void;
  /** Lets what runs come to its end, then stops. */
  stop(): Promise<void>;
}

/**
 * Keeps a worker going: one that ends by itself is replaced. While the engine is away a worker waits for it. The
 * SDK's own words go to a log in the home, for they are about connections, not cases.
 */
export async function keepWorker(home: string, make: () => Promise<Worker>, tell: (text: Text) => void): Promise<KeptWorker> {
  quieten(join(home, 'worker.log'));
  let worker = await make();
  const ending = new AbortController();
  const { signal } = ending;

  async function run(): Promise<void> {
    for (;;) {
      try {
        await worker.run();
      } catch (error) {
        const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        if (!signal.aborted) tell({ zh: `工作进程中断（${why}），正在重新启动。`, en: `The worker ended (${why}) and is started again.` });
      }
      if (signal.aborted) return;
      await replace();
      if (signal.aborted) return;
    }
  }

  async function replace(): Promise<void> {
    while (!signal.aborted) {
      try {
        worker = await make();
        return;
      } catch {
        await sleep(TRY_AGAIN_MS);
      }
    }
  }

  const end = (): void => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const running = run();
  return {
    renew: end,
    async stop() {
      ending.abort();
      end();
      await Promise.race([running, sleep(DRAIN_MS, undefined, { ref: false })]);
    },
  };
}

function quieten(file: string): void {
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // A full disk must not end the process for the sake of its log.
  log.on('error', () => undefined);
  Runtime.install({
    // This process stops in its own order.
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, timestampNanos, message, meta }) => {
      const at = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
      log.write(`${at} ${level} ${message}${meta?.['error'] === undefined ? '' : ` ${String(meta['error'])}`}\n`);
    }),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
  });
}
