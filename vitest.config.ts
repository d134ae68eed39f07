import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/papers-setup.ts', 'test/support/engine.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // Of those that say that they may run at once: each rehearsal is a whole Redress, with a database of its own.
    maxConcurrency: 3,
    // A busy machine, and an engine that gives a lost task ten seconds before it tries again.
    expect: { poll: { timeout: 45_000 } },
  },
});
