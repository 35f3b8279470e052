import { fc, test as propertyTest } from '@fast-check/vitest';
import { test as plainTest } from 'vitest';

/**
 * What a test file gets for `@fast-check/vitest` (vitest.config.ts sees to it): vitest's own `test`, which runs once, with
 * `.prop`. The package's own runs even a test without a property `numRuns` times.
 */
export const test: typeof plainTest & Pick<typeof propertyTest, 'prop'> = Object.assign(plainTest, {
  prop: propertyTest.prop,
});

export { fc };
