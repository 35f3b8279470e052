import { totalmem } from 'node:os';

const MEGABYTE = 1024 * 1024;
/** More than any lesson needs, and less than makes a laptop swap. */
const MAX_DEFAULT = 4 * 1024 * MEGABYTE;

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
