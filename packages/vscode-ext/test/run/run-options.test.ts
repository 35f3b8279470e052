import { expect, test } from 'vitest';
import { runOptions } from '../../src/run/run-options.ts';

test('settings that nobody touched ask for no budget', () => {
  expect(runOptions({ seed: 0, maxSteps: 0, maxSeconds: 0, maxMemory: 0 })).toEqual({ seed: 0 });
});

test('budgets are in steps, seconds and megabytes', () => {
  expect(runOptions({ seed: 7, maxSteps: 100, maxSeconds: 1.5, maxMemory: 512 })).toEqual({
    seed: 7,
    steps: 100,
    timeMs: 1_500,
    memoryBytes: 512 * 1024 * 1024,
  });
});

test('what is no number, or none that makes sense, asks for nothing', () => {
  expect(runOptions({ seed: '7', maxSteps: -1, maxSeconds: Number.NaN, maxMemory: null })).toEqual({});
});
