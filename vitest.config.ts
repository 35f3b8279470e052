import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClaimsReporter } from './scripts/claims-reporter.ts';

/** Tests read the packages from source: nothing has to be built first, and a failure points into `src`. */
const conditions = ['@backflow/source', 'module', 'node', 'development|production'];

/** Where to leave the results for a program to read, besides printing them. */
const results = process.env.TEST_RESULTS;
const jsonReport: ['json', { outputFile: string }][] = results ? [['json', { outputFile: results }]] : [];

/**
 * Property tests: the same 1,000 cases on every machine, or, in mode `slow`, ten times as many from another seed: one at
 * random, or `SLOW_SEED`.
 */
const usual = { seed: 42, numRuns: 1_000 };
const slow = { seed: Number(process.env.SLOW_SEED ?? randomInt(2 ** 31)), numRuns: 10_000 };

const propertyTest = fileURLToPath(new URL('scripts/property-test.ts', import.meta.url));
const onceUnlessProperty = {
  name: 'once-unless-property',
  enforce: 'pre' as const,
  resolveId: (id: string, importer?: string) =>
    id === '@fast-check/vitest' && importer !== propertyTest ? propertyTest : undefined,
};

export default defineConfig(({ mode }) => {
  if (mode === 'slow') console.log(`Properties: ${slow.numRuns} runs each, seed ${slow.seed}`);
  return {
    plugins: [onceUnlessProperty],
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ['packages/*/test/**/*.test.ts', 'lessons/**/*.test.ts', 'scripts/**/*.test.ts'],
      // A slow or busy machine is no failure.
      testTimeout: 600_000,
      hookTimeout: 600_000,
      reporters: ['default', new ClaimsReporter(), ...jsonReport],
      setupFiles: ['scripts/fast-check.setup.ts'],
      provide: { properties: { ...(mode === 'slow' ? slow : usual), ...replay(process.env.FC_REPLAY) } },
      onConsoleLog: () => {
        throw new Error('a test printed to the console: assert on the text instead');
      },
    },
  };
});

/** One failed case again, from what its failure printed: `FC_REPLAY='{ seed: 7, path: "3:0" }' npm test -- FILE -t NAME`. */
function replay(printed: string | undefined): { seed?: number; path?: string } {
  if (!printed) return {};
  const seed = /seed:\s*(-?\d+)/.exec(printed)?.[1];
  const path = /path:\s*"([\d:]+)"/.exec(printed)?.[1];
  if (!seed || !path)
    throw new Error(`FC_REPLAY is ${printed}; expected { seed: 7, path: "3:0" }, as a failure prints it`);
  return { seed: Number(seed), path };
}
