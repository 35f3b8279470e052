import { BackwardError } from './errors.ts';
import type { Op } from './op.ts';

/**
 * One application of an op, as the tape holds it: a table row, not a closure, so that every backward step can be
 * named, explained and replayed.
 *
 * There is no list of nodes. Each variable holds the node that made it, each node its inputs; a graph that nobody
 * holds is garbage. Ids count up over the whole program, so descending ids are the learner's program backwards.
 */
export interface TapeNode<V> {
  readonly id: number;
  readonly op: Op;
  /** The operands in the op's order; plain numbers are constants. `RELEASED` once backward has used the node. */
  ins: readonly (V | number)[];
  readonly attrs: unknown;
  /**
   * Versions of the inputs when the op ran, null for all 0, as in most nodes. A later one means that a saved value was
   * changed; so does any of the output's, which was new.
   */
  readonly versions: readonly number[] | null;
}

/** What a `Value` and a `Tensor` have in common: a place on the tape. */
export abstract class Variable<Self> {
  /** Whether backward shall bring a gradient here. */
  requiresGrad: boolean;
  /** What made it; null for a leaf, such as a weight, and for everything made under `noGrad`. */
  node: TapeNode<Self> | null = null;
  /** In-place changes so far. */
  version = 0;
  /** Name of the last in-place change, for the error that it may cause. */
  lastChange = '';
  /** The backward pass that visited it last. */
  mark = 0;
  /** The gradient gathered so far in that pass. */
  acc: unknown = undefined;
  /** Whether a non-leaf keeps its gradient, as PyTorch's `retain_grad`. */
  retainsGrad = false;

  constructor(requiresGrad: boolean) {
    this.requiresGrad = requiresGrad;
  }

  /** Whether it is a starting point of the graph rather than the result of an op. */
  get isLeaf(): boolean {
    return this.node === null;
  }
}

// What console.log shows in Node.
Object.defineProperty(Variable.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: object): string {
    return String(this);
  },
});

/** In place of a node's inputs after backward has used it. */
export const RELEASED: readonly never[] = [];

let nextId = 1;
let recording = true;

/** Whether ops write nodes: true outside `noGrad`. */
export function isRecording(): boolean {
  return recording;
}

/**
 * Runs `body` without recording: what it computes has no gradient. Weights are updated this way.
 *
 * @throws BackwardError if `body` is asynchronous: recording would be back on before it goes on.
 */
export function noGrad<R>(body: () => R): R {
  const result = withRecording(false, body);
  if (result instanceof Promise) {
    throw new BackwardError(
      'async-no-grad',
      'noGrad: the function is async, and everything after its first await would be recorded again. ' +
        'Await first, then call noGrad with a plain function.',
    );
  }
  return result;
}

/** Runs `body` with recording on or off, and puts it back whatever happens. */
export function withRecording<R>(on: boolean, body: () => R): R {
  const before = recording;
  recording = on;
  try {
    return body();
  } finally {
    recording = before;
  }
}

/** Puts `y`, which is new, on the tape as the result of `op`, if recording is on and an input wants a gradient. */
export function record<V extends Variable<V>>(y: V, op: Op, ins: readonly (V | number)[], attrs: unknown): V {
  if (!recording) return y;
  let isWanted = false;
  let hasChanged = false;
  for (let i = 0; i < ins.length; i++) {
    const x = ins[i];
    if (typeof x === 'number') continue;
    isWanted ||= x.requiresGrad && op.rules[i] !== null;
    hasChanged ||= x.version !== 0;
  }
  if (!isWanted) return y;
  const versions = hasChanged ? ins.map((x) => (typeof x === 'number' ? 0 : x.version)) : null;
  y.requiresGrad = true;
  y.node = { id: nextId++, op, ins, attrs, versions };
  return y;
}
