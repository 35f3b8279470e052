import type { ErrorEvent, RunEndEvent } from '@backflow/trace';

/** What the command answers to its shell, as `--help` lists it. */
export const EXIT_CODES = {
  /** The file ran to its end, or to the steps it was given. */
  done: 0,
  /** The file failed while it ran. */
  failed: 1,
  /** Nothing ran: usage, a missing file, syntax, an import. */
  notStarted: 2,
  timeBudget: 3,
  memoryBudget: 4,
  /** As shells have it for Ctrl-C: 128 and SIGINT's number. */
  stopped: 130,
} as const;

const BY_REASON: Readonly<Record<RunEndEvent['reason'], number>> = {
  done: EXIT_CODES.done,
  'step-budget': EXIT_CODES.done,
  error: EXIT_CODES.failed,
  crashed: EXIT_CODES.failed,
  'time-budget': EXIT_CODES.timeBudget,
  'memory-budget': EXIT_CODES.memoryBudget,
  stopped: EXIT_CODES.stopped,
};

/** The exit code for a run's end. */
export function exitCodeOf({ reason, steps }: RunEndEvent, error: ErrorEvent | undefined): number {
  const hasStarted = steps > 0 || (error?.phase !== 'syntax' && error?.phase !== 'import');
  return reason === 'error' && !hasStarted ? EXIT_CODES.notStarted : BY_REASON[reason];
}
