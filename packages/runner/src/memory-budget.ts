import { totalmem } from 'node:os';
import { RunnerError } from './errors.ts';

const MEGABYTE = 1024 * 1024;
/** More than any lesson needs, and less than makes a laptop swap. */
const MAX_DEFAULT = 4 * 1024 * MEGABYTE;

/** Node with our packages holds some 120 MB before the file begins. */
const MIN_MEGABYTES = 256;

/** What a run may hold where nothing is said: half of the machine's memory, 4 GB at most. In bytes. */
export function defaultMemoryBudget(): number {
  return Math.min(MAX_DEFAULT, totalmem() / 2);
}

/**
 * The engine's own limit for a budget: beyond it, so that the watchdog comes first and can still say which line was
 * running, with room for what is allocated between two looks.
 */
export function heapFlag(memoryBytes: number): string {
  return `--max-old-space-size=${Math.ceil((1.25 * memoryBytes) / MEGABYTE) + 256}`;
}

/** Throws `RunnerError` `usage` for a budget in which nothing can run. */
export function checkMemoryBudget(memoryBytes: number): void {
  if (memoryBytes >= MIN_MEGABYTES * MEGABYTE) return;
  const given = Math.round(memoryBytes / MEGABYTE);
  throw new RunnerError('usage', `A memory budget of ${given} MB is too small, give ${MIN_MEGABYTES} MB or more.`);
}
