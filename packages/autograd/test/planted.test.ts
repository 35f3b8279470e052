import { describe, expect, test } from 'vitest';
import { laws } from './sweep/laws.ts';
import { planted } from './sweep/planted.ts';

/** What went wrong: fast-check wraps the error of the smallest case. */
function reasonOf(body: () => void): string {
  try {
    body();
  } catch (error) {
    return ((error as Error).cause as Error | undefined)?.message ?? (error as Error).message;
  }
  return 'nothing';
}

describe('the sweep rejects an op in which', () => {
  for (const { fault, seenBy, says, entry } of planted) {
    test(fault, () => {
      expect(reasonOf(() => laws[seenBy].check(entry, 'planted'))).toMatch(says);
    });
  }
});

test('every law of the sweep has rejected something', () => {
  const seen = new Set<string>(planted.map(({ seenBy }) => seenBy));
  expect(Object.keys(laws).filter((law) => !seen.has(law))).toEqual([]);
});
