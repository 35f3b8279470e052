import { describe, expect, test } from 'vitest';
import { isScheduled } from '../../src/child/schedule.ts';

describe('the steps that have an event', () => {
  test('are all to 100, then 90 a decade', () => {
    const count = (from: number, to: number): number => {
      let scheduled = 0;
      for (let step = from; step < to; step++) if (isScheduled(step)) scheduled += 1;
      return scheduled;
    };
    expect(count(1, 101)).toBe(100);
    expect([count(100, 1_000), count(1_000, 10_000), count(10_000, 100_000)]).toEqual([90, 90, 90]);
    expect([110, 111, 2_000, 2_050, 2_100].map(isScheduled)).toEqual([true, false, true, false, true]);
  });
});
