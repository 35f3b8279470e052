import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  exponentOf,
  formatCount,
  formatDuration,
  formatGradient,
  formatLoss,
  formatRate,
} from '../../src/numbers/format.ts';
import { anyFigure } from '../arbitraries.ts';

const anyNumber = fc.oneof(
  anyFigure,
  fc.double(),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((scaled) => scaled / 1_000),
);
const finite = anyNumber.filter(Number.isFinite);
const read = (text: string): number => Number(text.replaceAll(',', ''));

describe('a gradient', () => {
  test.prop([finite.filter((x) => x !== 0)])('has two digits and its power of ten', (x) => {
    expect(formatGradient(x)).toMatch(/^-?\d\.\de-?\d+$/);
    expect(formatGradient(x)).toContain(`e${exponentOf(x)}`);
    // Half a unit of the second digit. The largest doubles round to a text beyond the largest double.
    if (Math.abs(x) < 1e307 && Math.abs(x) > 1e-300)
      expect(Math.abs(read(formatGradient(x)) / x - 1)).toBeLessThan(0.0501);
  });
});

describe('a loss', () => {
  test.prop([finite.filter((x) => Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5)])(
    'keeps four decimals or five digits',
    (x) => {
      expect(Math.abs(read(formatLoss(x)) - x)).toBeLessThanOrEqual(Math.max(0.000_050_01, Math.abs(x) * 0.000_050_01));
    },
  );

  test.prop([finite, finite])('that is larger does not read as smaller', (a, b) => {
    const [small, large] = a < b ? [a, b] : [b, a];
    if (Math.abs(small) < 1e307 && Math.abs(large) < 1e307)
      expect(read(formatLoss(small))).toBeLessThanOrEqual(read(formatLoss(large)) * (1 + Math.sign(large) * 1e-15));
  });
});

test.prop([fc.maxSafeNat()])('a count reads back as itself, in groups of three', (count) => {
  expect(formatCount(count)).toMatch(/^\d{1,3}(,\d{3})*$/);
  expect(read(formatCount(count))).toBe(count);
});

// Two digits of the largest doubles would round beyond them.
test.prop([anyNumber.filter((x) => !(Math.abs(x) > 1e307 && Number.isFinite(x)))])(
  'no number is written with a word that is not its own',
  (x) => {
    for (const format of [formatGradient, formatLoss, formatCount, formatRate, formatDuration]) {
      expect(format(x)).not.toMatch(/undefined|Infinity/);
      expect(format(x).includes('NaN')).toBe(Number.isNaN(x));
      expect(format(x).includes('∞')).toBe(Math.abs(x) === Infinity);
    }
  },
);

test.each([
  [formatGradient, 0.24, '2.4e-1'],
  [formatGradient, 1.14, '1.1e0'],
  [formatGradient, 0.00996, '1.0e-2'],
  [formatGradient, -0, '0'],
  [formatLoss, Math.LN2, '0.6931'],
  [formatLoss, 129.3456, '129.35'],
  [formatLoss, 12_345.6, '12,346'],
  [formatLoss, 0.0008, '8.0e-4'],
  [formatLoss, 3_210_000, '3.2e6'],
  [formatLoss, Infinity, '∞'],
  [formatCount, 1200, '1,200'],
  [formatRate, 3417, '3,400'],
  [formatRate, 0.84, '0.8'],
  [formatDuration, 400, '0.4 s'],
  [formatDuration, 12_300, '12 s'],
  [formatDuration, 59_700, '1 min 0 s'],
  [formatDuration, 185_000, '3 min 5 s'],
  [formatDuration, 7_800_000, '2 h 10 min'],
])('%o of %d is %s', (format, number, text) => {
  expect(format(number)).toBe(text);
});
