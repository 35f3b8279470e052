/** What the parent tells the child, as JSON in its first argument. */
export interface ChildOptions {
  /** Absolute path of the training file. */
  readonly file: string;
  readonly seed: number;
  /** What `setting(name, …)` answers. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** End after this many steps. */
  readonly steps?: number;
  /** Resident memory at which the run is ended. */
  readonly memoryBytes: number;
  /** What the training file finds in `process.argv` from index 2 on. */
  readonly arguments: readonly string[];
}

/** The child writes its trace here, so that the learner's own output stays apart. */
export const TRACE_DESCRIPTOR = 3;

/** The parent asks the child's watchdog here, one word a line: a reason to end. It closes when the parent dies. */
export const CONTROL_DESCRIPTOR = 4;

/** Why the watchdog is asked to end the run, or ends it by itself. */
export type InterruptReason = 'stopped' | 'time-budget' | 'memory-budget';

export type WatchdogOptions = Pick<ChildOptions, 'memoryBytes'>;

/** A place in a running program; line and column from 1. */
export interface RunningFrame {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The global symbol's name under which the training's thread keeps the function that the watchdog calls once it has
 * stopped that thread: `(reason: InterruptReason, frames: RunningFrame[]) => void`.
 */
export const INTERRUPTED = '@backflow/runner interrupted';
