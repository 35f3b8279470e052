import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The extension in a real VS Code: `npm run test:e2e`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['test/e2e/*.e2e.ts'],
    globalSetup: 'test/e2e/harness/global-setup.ts',
    // Each VS Code takes some 2 GB and two cores.
    maxWorkers: 1,
    fileParallelism: false,
    // A slow or busy machine is no failure.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 60_000, interval: 100 } },
  },
});
