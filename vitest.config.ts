import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/papers-setup.ts', 'test/support/engine.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // A busy machine, and an engine that gives a lost task ten seconds before it tries again.
    expect: { poll: { timeout: 45_000 } },
  },
});
