import type { RunOptions } from '@backflow/runner';

/** The settings `backflow.run.*`, as the learner left them: a hand may have written anything there. */
export interface RunSettings {
  readonly seed: unknown;
  readonly maxSteps: unknown;
  readonly maxSeconds: unknown;
  readonly maxMemory: unknown;
}

const MEGABYTE = 1024 * 1024;

/** What the settings ask of a run. 0, or what is no number, asks for nothing. */
export function runOptions({ seed, maxSteps, maxSeconds, maxMemory }: RunSettings): Omit<RunOptions, 'onEvent'> {
  return {
    ...(Number.isSafeInteger(seed) && { seed: seed as number }),
    ...(isPositive(maxSteps) && { steps: Math.ceil(maxSteps) }),
    ...(isPositive(maxSeconds) && { timeMs: maxSeconds * 1000 }),
    ...(isPositive(maxMemory) && { memoryBytes: maxMemory * MEGABYTE }),
  };
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
