import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Chosen in vitest.config.ts, once for all the test files of a run. */
    properties: { seed: number; numRuns: number; path?: string };
  }
}

fc.configureGlobal(inject('properties'));
