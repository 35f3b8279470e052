import { takeAcc, walk } from './backward.ts';
import { allocate, castTo, type DType, isFloat, type Numbers, promote, type ReadonlyNumbers } from './dtype.ts';
import { type Elements, runGate } from './elementwise.ts';
import { BackwardError, DtypeError, OperandError, ShapeError } from './errors.ts';
import { formatTensor } from './format.ts';
import { notifyBackward } from './observe.ts';
import type { AnyStruct, Each, Op, Struct } from './op.ts';
import { clone } from './ops/clone.ts';
import * as coreGates from './ops/core-gates.ts';
import * as coreStructs from './ops/core-structs.ts';
import { mean } from './ops/mean.ts';
import { transpose } from './ops/transpose.ts';
import { type Shape, sameShape, showShape, sizeOf } from './shape.ts';
import { isRecording, record, Variable, withRecording } from './tape.ts';
import { onTapedTensors, onTensors, seedOf } from './tensor-algebra.ts';
import type { GateMethods } from './value.ts';

/** The core structs as methods: `x.matmul(w)`. */
type StructMethods<Self> = {
  readonly [K in keyof typeof coreStructs]: (typeof coreStructs)[K] extends Struct<infer I, infer P, infer _A>
    ? I extends readonly [string, ...infer Rest extends readonly string[]]
      ? (...args: [...Each<Rest, Self>, ...P]) => Self
      : never
    : never;
};

/** How `backward` treats the graph and the gradients. */
export interface BackwardOptions {
  /** Keeps the graph for another call. Default: what `createGraph` is. */
  readonly retainGraph?: boolean;
  /** Records the backward pass too, so that gradients can be differentiated. Default false. */
  readonly createGraph?: boolean;
}

export interface Tensor extends GateMethods<Tensor>, StructMethods<Tensor> {}

/**
 * An array of numbers on the tape. It owns its memory: no two tensors share any, so a change in place is seen nowhere
 * else. Make one with `tensor([[1, 2], [3, 4]])`.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods of the interface are installed below, from the same tables
export class Tensor extends Variable<Tensor> {
  /** The elements for kernels, last axis fastest. Whoever writes here calls `markChanged`. */
  readonly storage: Numbers;
  readonly shape: Shape;
  readonly dtype: DType;
  /** ∂L/∂this, added up over all calls of `backward` since it was last cleared; null before the first. */
  grad: Tensor | null = null;

  constructor(storage: Numbers, shape: Shape, dtype: DType) {
    super(false);
    this.storage = storage;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** The elements, last axis fastest, to read. */
  get data(): ReadonlyNumbers {
    return this.storage;
  }

  /** A tensor off the tape with this shape and dtype and other elements, which it takes over. */
  like(storage: Numbers): Tensor {
    return new Tensor(storage, this.shape, this.dtype);
  }

  /** Number of elements. */
  numel(): number {
    return this.storage.length;
  }

  /** Number of axes. */
  get ndim(): number {
    return this.shape.length;
  }

  /**
   * The only element.
   *
   * @throws ShapeError where there is not exactly one.
   */
  item(): number {
    if (this.storage.length !== 1) {
      throw new ShapeError(
        `item: a tensor of shape ${showShape(this.shape)} has ${this.storage.length} elements, not one. Reduce it first, with sum() or mean(), or read tolist().`,
      );
    }
    return this.storage[0];
  }

  /** The elements as nested arrays; a plain number for a 0-d tensor. */
  // biome-ignore lint/suspicious/noExplicitAny: the depth of nesting is only known when it runs
  tolist(): any {
    const nest = (axis: number, start: number): unknown => {
      if (axis === this.shape.length) return this.storage[start];
      const inner = sizeOf(this.shape.slice(axis + 1));
      return Array.from({ length: this.shape[axis] }, (_, i) => nest(axis + 1, start + i * inner));
    };
    return nest(0, 0);
  }

  /** A copy that stays on the tape. */
  clone(): Tensor {
    return clone(this);
  }

  /** A copy off the tape: no gradient flows through it. */
  detach(): Tensor {
    const copy = allocate(this.dtype, this.storage.length);
    copy.set(this.storage);
    return this.like(copy);
  }

  /** Swaps two axes. A copy, not a view. */
  transpose(dim0: number, dim1: number): Tensor {
    return transpose(this, dim0, dim1);
  }

  /** Σ x / n along axes; of all elements by default. */
  mean(dim?: number | readonly number[], keepdim = false): Tensor {
    return mean(this, dim, keepdim);
  }

  /**
   * Says that gradients are wanted here (or not), and returns the tensor.
   *
   * @throws DtypeError for integers and bools: they have no slope.
   */
  requiresGrad_(on = true): this {
    if (on && !isFloat(this.dtype)) {
      throw new DtypeError(
        `requiresGrad: a tensor of ${this.dtype} has no gradient. Make it one of floats: x.to('float64').`,
      );
    }
    this.requiresGrad = on;
    return this;
  }

  /** Keeps the gradient of this tensor although it is no leaf: after `backward` it is in `grad`. */
  retainGrad(): this {
    this.retainsGrad = true;
    return this;
  }

  /**
   * Overwrites the elements with those of `source`, which has the same shape.
   *
   * @throws BackwardError on the tape: a recorded value cannot change. Weights are changed under `noGrad`.
   */
  copy_(source: Tensor | ReadonlyNumbers): this {
    const elements = source instanceof Tensor ? source.storage : source;
    if ((source instanceof Tensor && !sameShape(source.shape, this.shape)) || elements.length !== this.storage.length) {
      const given = source instanceof Tensor ? showShape(source.shape) : `${elements.length} elements`;
      throw new ShapeError(`copy_: cannot write ${given} into shape ${showShape(this.shape)}.`);
    }
    return this.#change('copy_', (_, i) => elements[i]);
  }

  /** Sets every element to `x`. */
  fill_(x: number): this {
    return this.#change('fill_', () => x);
  }

  /** Sets every element to 0. */
  zero_(): this {
    return this.#change('zero_', () => 0);
  }

  /** Adds in place, `other` of the same shape or a number. */
  add_(other: Tensor | number): this {
    return this.#combine('add_', other, (x, o) => x + o);
  }

  /** Subtracts in place, `other` of the same shape or a number. */
  sub_(other: Tensor | number): this {
    return this.#combine('sub_', other, (x, o) => x - o);
  }

  /** Multiplies in place, by `other` of the same shape or a number. */
  mul_(other: Tensor | number): this {
    return this.#combine('mul_', other, (x, o) => x * o);
  }

  /** Counts a change in place, so that backward refuses to use a value that is gone. `by` names it in the error. */
  markChanged(by: string): void {
    this.version++;
    this.lastChange = by;
  }

  /**
   * Computes ∂this/∂leaf for every leaf that this depends on and adds it to the leaf's `grad`.
   *
   * @param gradient ∂L/∂this, of this shape. Default 1, for a tensor with one element.
   * @throws BackwardError if nothing here has `requiresGrad`, if this has several elements and no `gradient` is given,
   *   on a second call, and where a saved value was changed.
   */
  backward(gradient?: Tensor, options: BackwardOptions = {}): void {
    const { createGraph = false, retainGraph = createGraph } = options;
    const { ends, retained } = withRecording(createGraph, () =>
      walk<Tensor, Tensor>(this, seedOf(this, gradient), createGraph ? onTapedTensors : onTensors, { retainGraph }),
    );
    withRecording(createGraph, () => {
      for (const x of ends) {
        const part = takeAcc(x) as Tensor;
        // Copied, since a rule may hand on the very tensor that it was given.
        x.grad = x.grad === null ? clone(part) : coreGates.add(x.grad, part);
      }
      for (const x of retained) x.grad = clone(takeAcc(x) as Tensor);
    });
    notifyBackward(this);
  }

  /** Applies an op to this and other operands; called by the ops themselves. */
  apply(op: Op, operands: readonly unknown[], attrs: unknown): Tensor {
    for (const x of operands) {
      if (typeof x === 'number' || x instanceof Tensor) continue;
      throw new OperandError(
        `${op.name}: mixes a Tensor with a Value. Make one of them the other: tensor(v.data) or value(t.item()).`,
      );
    }
    const tensors = operands as readonly (Tensor | number)[];
    const { storage, shape, dtype } =
      op.kind === 'gate' ? runGate(op, tensors, attrs) : runStruct(op, operands as readonly Tensor[], attrs);
    const y = new Tensor(storage, shape, dtype);
    return isFloat(dtype) ? record(y, op, tensors, attrs) : y;
  }

  override toString(): string {
    return formatTensor(this);
  }

  #combine(name: string, other: Tensor | number, f: (x: number, o: number) => number): this {
    if (typeof other === 'number') return this.#change(name, (x) => f(x, other));
    if (!sameShape(other.shape, this.shape)) {
      throw new ShapeError(
        `${name}: shapes ${showShape(this.shape)} and ${showShape(other.shape)} differ, and a change in place does not broadcast.`,
      );
    }
    return this.#change(name, (x, i) => f(x, other.storage[i]));
  }

  #change(name: string, f: (x: number, i: number) => number): this {
    if (isRecording() && this.requiresGrad) {
      throw new BackwardError(
        'leaf-changed-in-place',
        `${name}: this tensor wants a gradient, so changing it in place would leave the tape wrong. ` +
          'Update weights inside noGrad(() => …), or use the method without the underscore, which makes a new one.',
      );
    }
    if (isFloat(this.dtype)) for (let i = 0; i < this.storage.length; i++) this.storage[i] = f(this.storage[i], i);
    else this.storage.set(castTo(this.dtype, Float64Array.from(this.storage, f)));
    this.markChanged(name);
    return this;
  }
}

for (const op of [...Object.values(coreGates), ...Object.values(coreStructs)]) {
  Object.defineProperty(Tensor.prototype, op.name, {
    value: function (this: Tensor, ...args: readonly unknown[]): unknown {
      return (op as (...all: readonly unknown[]) => unknown)(this, ...args);
    },
  });
}

function runStruct(struct: AnyStruct, operands: readonly Tensor[], attrs: unknown): Elements {
  const op = struct as unknown as {
    dtype?: (...x: readonly unknown[]) => DType;
    shape: (...x: readonly unknown[]) => Shape;
    kernel: (y: Elements, ...x: readonly unknown[]) => void;
  };
  const dtypes = operands.map((x) => x.dtype);
  const dtype = op.dtype === undefined ? dtypes.reduce(promote) : op.dtype(...dtypes, attrs);
  const shape = op.shape(...operands.map((x) => x.shape), attrs);
  const y = { storage: allocate(dtype, sizeOf(shape)), shape, dtype };
  op.kernel(y, ...operands, attrs);
  return y;
}
