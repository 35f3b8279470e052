import { type Algebra, takeAcc, walk } from './backward.ts';
import { OperandError } from './errors.ts';
import { notifyBackward } from './observe.ts';
import type { AnyGate, Each, Gate, Gates, Op } from './op.ts';
import * as coreGates from './ops/core-gates.ts';
import { record, type TapeNode, Variable } from './tape.ts';
import { checkInput, checkOutput, numberGates, numberView, perOp, readsOf, VariableView } from './view.ts';

/** The core gates as methods: `x.mul(w)`. */
export type GateMethods<Self> = {
  readonly [K in keyof typeof coreGates]: (typeof coreGates)[K] extends Gate<infer I, infer P, infer _A>
    ? I extends readonly [string, ...infer Rest extends readonly string[]]
      ? (...args: [...Each<Rest, Self | number>, ...P]) => Self
      : never
    : never;
};

export interface Value extends GateMethods<Value> {}

/**
 * One number on the tape.
 *
 * @example
 * const x = value(3);
 * const y = x.mul(x).add(1); // 10
 * y.backward();
 * x.grad; // 6
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods of the interface are installed below, from the same table
export class Value extends Variable<Value> {
  #data: number;
  /** ∂L/∂this, added up over all calls of `backward` since it was last set to 0. */
  grad = 0;

  constructor(data: number, requiresGrad = true) {
    super(requiresGrad);
    this.#data = data;
  }

  /** The number. Setting it counts as a change in place. */
  get data(): number {
    return this.#data;
  }

  set data(data: number) {
    this.#data = data;
    this.version++;
    this.lastChange = 'an assignment to data';
  }

  /** The number, as for a tensor with one element. */
  item(): number {
    return this.#data;
  }

  /** The same number off the tape: no gradient flows through it. */
  detach(): Value {
    return new Value(this.#data, false);
  }

  /** Keeps the gradient of this value although it is no leaf: after `backward` it is in `grad`. */
  retainGrad(): this {
    this.retainsGrad = true;
    return this;
  }

  /**
   * Computes ∂this/∂leaf for every leaf that this depends on and adds it to the leaf's `grad`.
   *
   * @param options.retainGraph keeps the graph for another call. Default false.
   * @throws BackwardError if nothing here has `requiresGrad`, on a second call, and where a saved value was changed.
   */
  backward(options: { readonly retainGraph?: boolean } = {}): void {
    const { ends, retained } = walk<Value, number>(this, 1, onNumbers, options);
    for (const x of ends) x.grad += takeAcc(x) as number;
    for (const x of retained) x.grad = takeAcc(x) as number;
    notifyBackward(this);
  }

  /** Applies an op to this and other operands; called by the ops themselves. */
  apply(op: Op, operands: readonly unknown[], attrs: unknown): Value {
    if (op.kind === 'struct') throw new OperandError(`${op.name}: works on tensors, and a Value is a single number.`);
    const forward = op.forward as (...args: readonly unknown[]) => number;
    const [a, b] = operands;
    let y: number;
    // An array a call would be the largest cost of a scalar program; nearly all gates have one input or two.
    if (operands.length === 1) y = forward(Value.#numberOf(op, a), attrs);
    else if (operands.length === 2) y = forward(Value.#numberOf(op, a), Value.#numberOf(op, b), attrs);
    else y = forward(...operands.map((x) => Value.#numberOf(op, x)), attrs);
    return record(new Value(y, false), op, operands as readonly (Value | number)[], attrs);
  }

  static #numberOf(op: Op, operand: unknown): number {
    if (typeof operand === 'number') return operand;
    if (operand instanceof Value) return operand.#data;
    throw new OperandError(
      `${op.name}: mixes a Value with a Tensor. Make one of them the other: tensor(v.data) or value(t.item()).`,
    );
  }

  override toString(): string {
    return `Value(${this.#data}, grad ${this.grad})`;
  }
}

for (const gate of Object.values(coreGates)) {
  Object.defineProperty(Value.prototype, gate.name, {
    value: function (this: Value, ...args: readonly unknown[]): unknown {
      return (gate as (...all: readonly unknown[]) => unknown)(this, ...args);
    },
  });
}

/** Makes a number that wants a gradient. */
export function value(data: number, options: { readonly requiresGrad?: boolean } = {}): Value {
  return new Value(data, options.requiresGrad ?? true);
}

/** First-order gradients: rules run on plain numbers. */
export const onNumbers: Algebra<Value, number> = {
  pull: (y, node, k, g) => {
    const view = numberView(node.op);
    const reads = readsOf(node.op, k, node.attrs);
    for (const i of reads.inputs) {
      checkInput(node, i);
      const x = node.ins[i];
      view.slots[i] = typeof x === 'number' ? x : x.data;
    }
    if (reads.output) {
      checkOutput(y, node);
      view.y = y.data;
    }
    view.g = g;
    return (node.op as AnyGate).rules[k]?.(view, numberGates, node.attrs) as number;
  },
  add: (a, b) => a + b,
};

const valueView = /* @__PURE__ */ perOp((op) => new VariableView<Value>(op));

/** Gradients that can be differentiated again: rules run on values. */
export const onValues: Algebra<Value, Value> = {
  pull: (y: Value, node: TapeNode<Value>, k: number, g: Value): Value => {
    const view = valueView(node.op);
    const part = node.op.rules[k]?.(view.show(y, node, g), coreGates satisfies Gates<Value>, node.attrs);
    return typeof part === 'number' ? new Value(part, false) : (part as Value);
  },
  add: (a, b) => coreGates.add(a, b),
};
