/**
 * The trace contract: what a training run tells, as plain data.
 *
 * A trace is NDJSON. Its first line is the header, then one event a line, append-only, in the order things
 * happened. Readers keep fields that they do not know and skip event types that they do not know: a later
 * minor change may add either. A change that an old reader would misread, such as a new value in a closed list,
 * raises `TRACE_VERSION`.
 *
 * On the line, a number that JSON lacks is a string: "NaN", "Infinity", "-Infinity", "-0". In `settings`, where text
 * may stand too, it is `{"number":"NaN"}`.
 */

/** The version that this package writes and the newest that it reads. */
export const TRACE_VERSION = 1;

/** First line of a trace. */
export interface TraceHeader {
  readonly backflow: 'trace';
  readonly version: number;
}

/** A place in a source text: line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A half-open range of one version of one file: `end` is the first position after it. */
export interface SourceRange {
  /** Path relative to the folder of the training file, with `/`; the training file itself is its bare name. */
  readonly file: string;
  /** SHA-256 of the text that the positions speak of, in hex; the text is in the `source` event. */
  readonly hash: string;
  readonly start: Position;
  readonly end: Position;
}

/** The run begins. Always the first event. */
export interface RunStartEvent {
  readonly type: 'run-start';
  /** The training file, as in `SourceRange.file`. */
  readonly file: string;
  readonly hash: string;
  /** The seed that the run was given, else 0; a file may set another itself. */
  readonly seed: number;
  /** What `setting(name, …)` answers in this run; only what was given, not defaults. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Steps the run will take, where that is known (a step budget, `fit`). */
  readonly totalSteps?: number;
}

/** The text of a file, before the first event that points into it. */
export interface SourceEvent {
  readonly type: 'source';
  readonly file: string;
  readonly hash: string;
  readonly text: string;
}

/** A layer of the model, before the first step that has a figure for it. */
export interface LayerEvent {
  readonly type: 'layer';
  /** Order of construction within the run, from 1. Steps refer to it. */
  readonly id: number;
  /** Class name: `Linear`. */
  readonly kind: string;
  /** For people: `Linear(2→5)`. */
  readonly label: string;
  /** Name by path from the model, as in PyTorch's state dict: `layers.0`. Empty if it is the model itself or in none. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Whose L2 norm the step figures are: ∂L/∂weight, or, for a layer without parameters, ∂L/∂output. */
  readonly figure: 'weight' | 'output';
  /** The layer's own expression, `new Linear(…)`; absent where it is not in the learner's files. */
  readonly at?: SourceRange;
}

/** One training step, after `optimizer.step()` (without an optimiser: after a root `backward()`). */
export interface StepEvent {
  readonly type: 'step';
  /** From 1, ascending from event to event. Not every step has an event: see `live`. */
  readonly step: number;
  /** Value of the last root that backward started from. */
  readonly loss: number;
  /** Layer id → figure of that layer at this step. A layer that took no part in the step is absent. */
  readonly gradients: Readonly<Record<string, number>>;
  /** Milliseconds since `run-start`. The only field that differs between two runs of the same seed. */
  readonly elapsedMs?: number;
  /** Sent because time had passed, for watching; not part of the schedule, and not saved. */
  readonly live?: true;
}

/** One gate of a recorded step's backward pass, in the order in which backward visited them. */
export interface GateEvent {
  readonly type: 'gate';
  readonly step: number;
  /** Creation id of the node on the tape; ids descend in the order of the visit. */
  readonly id: number;
  /** Name in the op registry: `mul`. */
  readonly op: string;
  /** One entry an input, in the op's order. `node` is the id of the gate that made it, absent for a leaf or a constant. */
  readonly inputs: readonly { readonly name: string; readonly node?: number; readonly shape: readonly number[] }[];
  readonly shape: readonly number[];
  readonly layer?: number;
  readonly at?: SourceRange;
}

/** The learner's own output. */
export interface ConsoleEvent {
  readonly type: 'console';
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** The last finished step when it was written; 0 before the first. */
  readonly step: number;
}

/** Something worth telling the learner, with its evidence. */
export interface DiagnosisEvent {
  readonly type: 'diagnosis';
  /** Stable name: `vanishing`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** One sentence: what happened. */
  readonly message: string;
  /** What to try, most promising first. */
  readonly advice: readonly string[];
  readonly layers: readonly number[];
  readonly step?: number;
  readonly at?: SourceRange;
}

/** The training file failed. The steps before it stand. */
export interface ErrorEvent {
  readonly type: 'error';
  /**
   * `syntax`: the file cannot be read as a program; `import`: something it imports is not there;
   * `throw`: it threw; `exit`: it called `process.exit`; `killed`: it was ended from outside.
   */
  readonly phase: 'syntax' | 'import' | 'throw' | 'exit' | 'killed';
  /** Class name: `ShapeError`. Where there is no class to name, a stable word: `time-budget`. */
  readonly name: string;
  /** What stays when the words change: a typed error's own `code`. */
  readonly code?: string;
  readonly message: string;
  /** The step that was under way, from 1. */
  readonly step: number;
  readonly at?: SourceRange;
  /** The learner's own frames, innermost first. */
  readonly stack?: readonly string[];
}

/** The run is over. Always the last event of a whole trace; a trace without one was cut off. */
export interface RunEndEvent {
  readonly type: 'run-end';
  readonly reason: 'done' | 'step-budget' | 'time-budget' | 'memory-budget' | 'error' | 'stopped' | 'crashed';
  /** Steps finished. */
  readonly steps: number;
  readonly elapsedMs?: number;
}

/** Everything that can stand on a line after the header. */
export type TraceEvent =
  | RunStartEvent
  | SourceEvent
  | LayerEvent
  | StepEvent
  | GateEvent
  | ConsoleEvent
  | DiagnosisEvent
  | ErrorEvent
  | RunEndEvent;
