import { fc, test } from '@fast-check/vitest';
import { afterEach, expect, vi } from 'vitest';
import { Throttle } from '../../src/run/throttle.ts';

afterEach(() => void vi.useRealTimers());

test.prop([fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 50 })])(
  'whenever it is asked, it acts at most once in a while, and once more after the last time',
  (pauses) => {
    vi.useFakeTimers();
    const acted: number[] = [];
    let last = Number.NEGATIVE_INFINITY;
    const throttle = new Throttle(500, () => acted.push(Date.now()));
    for (const pause of pauses) {
      throttle.request();
      last = Date.now();
      vi.advanceTimersByTime(pause);
    }
    vi.advanceTimersByTime(1_000);
    for (const [index, time] of acted.entries())
      expect(time - (acted[index - 1] ?? -1_000)).toBeGreaterThanOrEqual(500);
    if (pauses.length > 0) expect(acted.at(-1)).toBeGreaterThanOrEqual(last);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test('a flush acts at once, and what was asked for before it is done with it', () => {
  vi.useFakeTimers();
  let acts = 0;
  const throttle = new Throttle(500, () => acts++);
  throttle.request();
  throttle.request();
  throttle.flush();
  vi.advanceTimersByTime(2_000);
  expect(acts).toBe(2);
});
