import { BackwardError } from './errors.ts';
import type { Op } from './op.ts';
import * as coreGates from './ops/core-gates.ts';
import type { TapeNode, Variable } from './tape.ts';

/** The gates as rules see them when they run on plain numbers. */
export const numberGates: Readonly<Record<string, (...x: never[]) => number>> = /* @__PURE__ */ forwardsOf(coreGates);

function forwardsOf(gates: object): Record<string, (...x: never[]) => number> {
  const forwards: Record<string, (...x: never[]) => number> = {};
  for (const gate of Object.values(gates)) {
    // A gate with attributes takes them as arguments here too, so it is called whole.
    forwards[gate.name] = gate.attrs === undefined ? gate.forward : gate;
  }
  return forwards;
}

/** What `make` gives for an op, made once for each. */
export function perOp<T>(make: (op: Op) => T): (op: Op) => T {
  const made = new WeakMap<Op, T>();
  return (op) => {
    let result = made.get(op);
    if (result === undefined) {
      result = make(op);
      made.set(op, result);
    }
    return result;
  };
}

/** Inputs of one application as plain numbers, with a getter for each by its name in the op. Reused, never kept. */
export interface NumberView {
  readonly slots: number[];
  y: number;
  g: number;
}

/** A view onto numbers, for the loops that run a rule element by element. */
export const numberView: (op: Op) => NumberView = /* @__PURE__ */ perOp((op) => {
  const view: NumberView = { slots: new Array<number>(op.inputs.length).fill(0), y: 0, g: 0 };
  op.inputs.forEach((name, i) => {
    Object.defineProperty(view, name, { get: () => view.slots[i] });
  });
  return view;
});

/** What the rule of one input reads: places of inputs, and whether it reads the output. */
export interface Reads {
  readonly inputs: readonly number[];
  readonly output: boolean;
}

const readsByInput = /* @__PURE__ */ perOp((): Reads[] => []);

/**
 * Which saved values the rule of input `k` of a gate needs. Rules are straight-line by type (their elements are
 * opaque), so one run on any numbers tells. Attributes are plain, and a rule may branch on them: there each application
 * is tried for itself.
 */
export function readsOf(op: Op, k: number, attrs: unknown): Reads {
  if (attrs !== undefined) return probeRule(op, k, attrs);
  const known = readsByInput(op);
  known[k] ??= probeRule(op, k, attrs);
  return known[k];
}

function probeRule(op: Op, k: number, attrs: unknown): Reads {
  const probe = probeOf(op);
  probe.read.clear();
  op.rules[k]?.(probe.view, numberGates, attrs);
  const output = probe.read.delete('y');
  return { inputs: [...probe.read] as number[], output };
}

/** A view on which all is 1, and what has been read there: places of inputs, and 'y'. */
const probeOf = /* @__PURE__ */ perOp((op) => {
  const read = new Set<number | 'y'>();
  const view = { g: 1 };
  const note = (name: string, place: number | 'y'): void => {
    Object.defineProperty(view, name, { get: () => read.add(place) && 1 });
  };
  op.inputs.forEach(note);
  note('y', 'y');
  return { view, read };
});

/** A view onto the variables themselves, for rules that run on tensors or are to be recorded. */
export class VariableView<V extends Variable<V>> {
  #node: TapeNode<V> | null = null;
  #y: V | null = null;
  g: V | null = null;

  constructor(op: Op) {
    op.inputs.forEach((name, k) => {
      Object.defineProperty(this, name, { get: () => this.#read(k) });
    });
  }

  show(y: V, node: TapeNode<V>, g: V): this {
    this.#node = node;
    this.#y = y;
    this.g = g;
    return this;
  }

  get y(): V {
    const { node, y } = this.#shown();
    checkOutput(y, node);
    return y;
  }

  #read(k: number): V | number {
    const { node } = this.#shown();
    checkInput(node, k);
    return node.ins[k];
  }

  #shown(): { node: TapeNode<V>; y: V } {
    return { node: this.#node as TapeNode<V>, y: this.#y as V };
  }
}

/** @throws BackwardError if the value that input `k` had when the op ran is gone. */
export function checkInput<V extends Variable<V>>(node: TapeNode<V>, k: number): void {
  const x = node.ins[k];
  if (typeof x !== 'number' && x.version !== (node.versions === null ? 0 : node.versions[k])) {
    throw changedInPlace(node.op, `its input "${node.op.inputs[k]}"`, x);
  }
}

/** @throws BackwardError if the value that the output had when the op ran is gone. */
export function checkOutput<V extends Variable<V>>(y: V, node: TapeNode<V>): void {
  if (y.version !== 0) throw changedInPlace(node.op, 'its output', y);
}

function changedInPlace<V>(op: Op, what: string, x: Variable<V>): BackwardError {
  return new BackwardError(
    'changed-in-place',
    `${op.name}: the gradient needs ${what} as it was, but ${x.lastChange} changed it in place afterwards. ` +
      'Change it after backward(), or use the method without the underscore, which makes a new one.',
  );
}
