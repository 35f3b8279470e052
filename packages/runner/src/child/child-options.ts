/** What the parent tells the child, as JSON in its first argument. */
export interface ChildOptions {
  /** Absolute path of the training file. */
  readonly file: string;
  /** Wins over those that the file sets. Absent: the file's own, else 0. */
  readonly seed?: number;
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

/**
 * Between the parent and the child's watchdog, one word a line: a reason to end the run. The parent asks for it, or the
 * watchdog says that it is about to. It closes when the parent dies.
 */
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
 * What the watchdog calls once it has stopped the training's thread: ends the trace and stays there. Where the thread
 * stands in the middle of a line of the trace, it does so as soon as it may run on to the end of that line.
 */
export type Interrupted = (reason: InterruptReason, frames: readonly RunningFrame[]) => void;

/** Name of the global symbol under which the training's thread keeps that function. */
export const INTERRUPTED = '@backflow/runner interrupted';
