import { expect, test } from 'vitest';
import { OutputLimit } from '../src/output-limit.ts';

test('the first 4 MB of output are kept, the rest is counted, in order', () => {
  const limit = new OutputLimit();
  const write = (length: number): boolean =>
    limit.admits({ type: 'console', stream: 'stdout', text: 'x'.repeat(length), step: 0 });
  const megabyte = 1024 * 1024;
  expect(write(4 * megabyte - 1)).toBe(true);
  expect(limit.describe()).toBeUndefined();
  expect(write(2)).toBe(false);
  // It would fit, but output with a hole in it misleads.
  expect(write(1)).toBe(false);
  expect(limit.describe()?.message).toContain('0.0 MB (2 writes) were dropped');
});
