import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { measureSpeed, progressText } from '../../src/views/progress-text.ts';
import { anyFigure } from '../arbitraries.ts';
import { stepOf } from '../stories.ts';

test.each([
  [{ step: 0, elapsedMs: 1200 }, 'no step yet · 1.2 s'],
  [{ step: 1200, loss: Math.LN2, elapsedMs: 353 }, 'step 1,200 · loss 0.6931 · 3,400 steps/s · 0.4 s'],
  [
    { step: 1200, loss: Math.LN2, elapsedMs: 12_000, totalSteps: 2000 },
    'step 1,200 of 2,000 · loss 0.6931 · 100 steps/s · 8.0 s left',
  ],
  [{ step: 10, elapsedMs: 1000, totalSteps: 20, stepsPerSecond: 0.5 }, 'step 10 of 20 · 0.5 steps/s · 20 s left'],
  [{ step: 3, elapsedMs: 0, totalSteps: 9 }, 'step 3 of 9 · 0 s'],
])('%o reads %s', (progress, text) => {
  expect(progressText(progress)).toBe(text);
});

const time = fc.double({ min: 0, max: 1e9, noNaN: true });

test.prop([fc.nat(), anyFigure, time, fc.option(fc.nat(), { nil: undefined })])(
  'time left stands only where the total is known, and is never below 0',
  (step, loss, elapsedMs, totalSteps) => {
    const text = progressText({ step, loss, elapsedMs, totalSteps });
    expect(text).not.toMatch(/undefined|Infinity|-\d+(\.\d)? s/);
    if (totalSteps === undefined) expect(text).not.toContain('left');
  },
);

test('the speed is that of the last two seconds', () => {
  const at = (step: number, elapsedMs: number) => ({ ...stepOf(step, 1, [], []), elapsedMs });
  expect(measureSpeed([at(1, 0), at(1001, 1000), at(1101, 2000), at(1201, 3000)])).toBe(100);
  expect(measureSpeed([at(1, 100), at(11, 1100)])).toBe(10);
  expect(measureSpeed([at(1, 0)])).toBeUndefined();
  expect(measureSpeed([stepOf(1, 1, [], [])])).toBeUndefined();
});
