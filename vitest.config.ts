import { defineConfig } from 'vitest/config';

/** Tests read the packages from source: nothing has to be built first, and a failure points into `src`. */
const conditions = ['@backflow/source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'lessons/**/*.test.ts', 'scripts/**/*.test.ts'],
    onConsoleLog: () => {
      throw new Error('a test printed to the console: assert on the text instead');
    },
  },
});
