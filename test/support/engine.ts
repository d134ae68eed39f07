import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../src/engine/start.ts';

declare module 'vitest' {
  interface ProvidedContext {
    engine: { address: string; namespace: string };
  }
}

/** One engine per test run, in memory and with a virtual clock; tests `inject('engine')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'redress-engine-'));
  const engine = await startEngine({ home, memory: true, timeSkipping: true, progress });
  project.provide('engine', { address: engine.address, namespace: engine.namespace });
  return async () => {
    await engine.stop();
    await rm(home, { recursive: true, force: true });
  };
}

const progress = (line: string): void => void process.stderr.write(`${line}\n`);
