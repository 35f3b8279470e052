import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { barOf, DECADES_PER_LEVEL, FULL_LEVEL, levelOf } from '../../src/flows/level.ts';
import { exponentOf } from '../../src/numbers/format.ts';
import { anyFigure, ordinaryFigure } from '../arbitraries.ts';

const positive = ordinaryFigure.filter((figure) => figure > 0);

test.prop([anyFigure, anyFigure, anyFigure])('a larger figure never has a lower bar', (a, b, full) => {
  if (a <= b) expect(levelOf(a, full)).toBeLessThanOrEqual(levelOf(b, full));
});

test.prop([anyFigure, anyFigure])('only an exact 0 and NaN have an empty bar', (figure, full) => {
  expect(levelOf(figure, full) === 0).toBe(figure === 0 || Number.isNaN(figure));
  expect(levelOf(figure, full)).toBeLessThanOrEqual(FULL_LEVEL);
});

test.prop([positive, positive])(
  'a bar falls one level with each power of ten, down to the last that shows',
  (full, figure) => {
    const fallen = Math.max(0, exponentOf(full) - exponentOf(figure));
    expect(levelOf(figure, full)).toBe(Math.max(1, FULL_LEVEL - fallen / DECADES_PER_LEVEL));
  },
);

test.prop([positive])('the largest figure has the full bar', (figure) => {
  expect(levelOf(figure, figure)).toBe(FULL_LEVEL);
});

test.prop([positive, positive, fc.double({ min: 0.1, max: 10, noNaN: true })])(
  'a figure that jitters within a decade moves its bar by one level at most',
  (figure, full, jitter) => {
    expect(Math.abs(levelOf(figure * jitter, full) - levelOf(figure, full))).toBeLessThanOrEqual(1);
  },
);

test('nine layers over eight orders of magnitude use every height', () => {
  const figures = [2.4e-1, 2e-2, 2e-3, 2e-4, 2e-5, 2e-6, 2e-7, 2e-8, 1.9e-9];
  expect(figures.map((figure) => barOf(figure, 0.24)).join('')).toBe('█▇▆▅▄▃▂▁▁');
});

test('what has no height still has its place in the row', () => {
  expect([0, Number.NaN, Infinity, undefined].map((figure) => barOf(figure, 1))).toEqual(['·', '×', '█', ' ']);
});
