import type { DType, Numbers } from './dtype.ts';
import { nameGiven, OperandError } from './errors.ts';
import type * as coreGates from './ops/core-gates.ts';
import type * as coreStructs from './ops/core-structs.ts';
import type { Shape } from './shape.ts';
import type { Tensor } from './tensor.ts';
import type { Value } from './value.ts';

/*
 * An op is one row of a table: a name, named inputs, a forward, and for each input the rule that takes the gradient
 * of the output to the gradient of that input (a vector-Jacobian product).
 *
 * There are two kinds. A **gate** is elementwise: number in, number out. A **struct** has a shape rule and a kernel
 * over whole arrays. Rules are written in the ops themselves, handed in as the second argument, and so one rule
 * text serves every algebra: plain numbers, tensors without a tape, and tensors or values with one, which is what
 * makes gradients of gradients free. A gate's rule may use gates only.
 */

/** Input names of an op, in the order of its arguments. */
export type Names = readonly string[];

/** One `T` an input. */
export type Each<I extends Names, T> = { readonly [K in keyof I]: T };

/** What gates and structs work on beside plain numbers. */
export type Operand = Value | Tensor;

/** What a rule sees of one application: the inputs by name, the output `y`, and `g`, the gradient ∂L/∂y. */
type At<I extends Names, T> = { readonly [K in I[number] | 'y' | 'g']: T };

/** The gates that rules may use, over an algebra with elements `T`. */
export type Gates<T> = {
  readonly [K in keyof typeof coreGates]: (typeof coreGates)[K] extends Gate<infer I, infer P, infer _A>
    ? (...args: [...Each<I, T | number>, ...P]) => T
    : never;
};

/** All ops that a struct's rule may use, over an algebra with elements `T`. */
export type Verbs<T> = Gates<T> & {
  readonly [K in keyof typeof coreStructs]: (typeof coreStructs)[K] extends Struct<infer I, infer P, infer _A>
    ? (...args: [...Each<I, T>, ...P]) => T
    : never;
};

/** An array with a shape, as kernels see it: contiguous, last axis fastest. */
export interface Nd {
  readonly storage: Numbers;
  readonly shape: Shape;
}

/** What every op has, whatever its kind. */
interface OpBase<I extends Names> {
  readonly name: string;
  readonly inputs: I;
}

type GateRule<I extends Names, A> = <T>(at: At<I, T>, v: Gates<T>, attrs: A) => T | number;
type StructRule<I extends Names, A> = <T extends { readonly shape: Shape }>(
  at: At<I, T>,
  v: Verbs<T>,
  attrs: A,
) => T | number;

/** How `attrs` is made from the arguments behind the inputs; absent for an op that has none. */
type AttrsOf<Args extends readonly unknown[], A> = undefined extends A
  ? { readonly attrs?: never }
  : { readonly attrs: (...args: Args) => A };

/**
 * Dtype of a gate's result. `float` (the default): the inputs' promotion, integers become the default float.
 * `promote`: the inputs' promotion, bools become integers. `keep`: the inputs' promotion, for a gate that only hands
 * elements on. `bool`: a truth value, kept as 0 or 1.
 */
type GateDtype = 'float' | 'promote' | 'keep' | 'bool';

/** What `defineGate` is given. */
export type GateDefinition<I extends Names, P extends readonly unknown[], A> = {
  readonly name: string;
  readonly inputs: readonly [...I];
  readonly dtype?: GateDtype;
  forward(...x: [...Each<I, number>, NoInfer<A>]): number;
  /** A rule for each input; a written `null` where no gradient flows. */
  readonly vjp: { readonly [K in I[number]]: GateRule<I, NoInfer<A>> | null };
} & AttrsOf<P, A>;

/** What `defineStruct` is given. */
export type StructDefinition<I extends Names, P extends readonly unknown[], A> = {
  readonly name: string;
  readonly inputs: readonly [...I];
  /** Dtype of the result from those of the inputs; their promotion by default. */
  dtype?(...dtypes: [...Each<I, DType>, NoInfer<A>]): DType;
  /** Shape of the result; refuses what does not fit. */
  shape(...x: [...Each<I, Shape>, NoInfer<A>]): Shape;
  /** Fills `y`, which is zeroed. Never writes an input. */
  kernel(y: Nd, ...x: [...Each<I, Nd>, NoInfer<A>]): void;
  readonly vjp: { readonly [K in I[number]]: StructRule<I, NoInfer<A>> | null };
} & AttrsOf<[shapes: Each<I, Shape>, ...P], A>;

/** An elementwise op: call it with numbers, values or tensors; it goes to wherever its operand lives. */
export interface Gate<I extends Names, P extends readonly unknown[] = [], A = undefined> extends OpBase<I> {
  (...args: [...Each<I, number>, ...P]): number;
  <T extends Operand>(...args: [...Each<I, T | number>, ...P]): T;
  readonly kind: 'gate';
  readonly dtype: GateDtype;
  readonly attrs: ((...params: P) => A) | undefined;
  readonly forward: (...x: [...Each<I, number>, A]) => number;
  readonly vjp: { readonly [K in I[number]]: GateRule<I, A> | null };
  /** The rules of `vjp` in the order of `inputs`. */
  readonly rules: readonly (GateRule<I, A> | null)[];
}

/** An op over whole tensors. */
export interface Struct<I extends Names, P extends readonly unknown[] = [], A = undefined> extends OpBase<I> {
  (...args: [...Each<I, Tensor>, ...P]): Tensor;
  readonly kind: 'struct';
  readonly attrs: ((shapes: Each<I, Shape>, ...params: P) => A) | undefined;
  readonly dtype: ((...dtypes: [...Each<I, DType>, A]) => DType) | undefined;
  readonly shape: (...x: [...Each<I, Shape>, A]) => Shape;
  readonly kernel: (y: Nd, ...x: [...Each<I, Nd>, A]) => void;
  readonly vjp: { readonly [K in I[number]]: StructRule<I, A> | null };
  readonly rules: readonly (StructRule<I, A> | null)[];
}

/** A rule as the walk calls it: types of single ops are forgotten. */
type AnyRule = (at: unknown, vocabulary: unknown, attrs: unknown) => unknown;

/** A gate as the engine sees it, its type parameters forgotten. */
export interface AnyGate extends OpBase<Names> {
  readonly kind: 'gate';
  readonly dtype: GateDtype;
  readonly attrs: ((...params: never) => unknown) | undefined;
  readonly forward: (...x: never) => number;
  readonly rules: readonly (AnyRule | null)[];
}

/** A struct as the engine sees it. */
export interface AnyStruct extends OpBase<Names> {
  readonly kind: 'struct';
  readonly attrs: ((...params: never) => unknown) | undefined;
  readonly dtype: ((...dtypes: never) => DType) | undefined;
  readonly shape: (...x: never) => Shape;
  readonly kernel: (...x: never) => void;
  readonly rules: readonly (AnyRule | null)[];
}

/** Any op, as a tape node holds it. */
export type Op = AnyGate | AnyStruct;

/** What `Value` and `Tensor` offer an op: to apply it where they live. */
interface Applies {
  apply(op: Op, operands: readonly unknown[], attrs: unknown): Operand;
}

/**
 * Makes an elementwise op, ours or your own: a forward on numbers, and a rule an input written in gates.
 *
 * @example
 * const cube: Gate<['x']> = defineGate({
 *   name: 'cube',
 *   inputs: ['x'],
 *   forward: (x) => x * x * x,
 *   vjp: { x: ({ x, g }, { mul }) => mul(g, mul(3, mul(x, x))) },
 * });
 */
export function defineGate<I extends Names, P extends readonly unknown[] = [], A = undefined>(
  definition: GateDefinition<I, P, A>,
): Gate<I, P, A> {
  const { name, inputs, forward } = definition;
  const makeAttrs = definition.attrs as ((...params: readonly unknown[]) => A) | undefined;
  const arity = inputs.length;
  const gate = ((...args: readonly unknown[]) => {
    // The tape keeps this array, so one is enough where no arguments follow the inputs.
    const operands = args.length === arity ? args : args.slice(0, arity);
    const attrs = makeAttrs?.(...args.slice(arity));
    const home = findHome(name, inputs, operands);
    return home === null
      ? (forward as (...x: unknown[]) => number)(...operands, attrs)
      : home.apply(gate, operands, attrs);
  }) as unknown as Gate<I, P, A> & AnyGate;
  return Object.defineProperties(gate, describeOp({ ...definition, kind: 'gate', dtype: definition.dtype ?? 'float' }));
}

/**
 * Makes an op over whole tensors: a shape rule, a kernel on flat arrays, and a rule an input.
 *
 * A rule returns a gradient of its input's shape, or of one that broadcasting made larger: the walk sums it back.
 */
export function defineStruct<I extends Names, P extends readonly unknown[] = [], A = undefined>(
  definition: StructDefinition<I, P, A>,
): Struct<I, P, A> {
  const { name, inputs } = definition;
  const makeAttrs = definition.attrs as ((...params: readonly unknown[]) => A) | undefined;
  const arity = inputs.length;
  const struct = ((...args: readonly unknown[]) => {
    const operands = args.slice(0, arity);
    for (let i = 0; i < arity; i++) {
      if (!hasShape(operands[i])) throw wrongOperand(name, inputs[i], operands[i], 'a Tensor');
    }
    const tensors = operands as readonly (Applies & { shape: Shape })[];
    const attrs = makeAttrs?.(...[tensors.map((x) => x.shape), ...args.slice(arity)]);
    return tensors[0].apply(struct, operands, attrs);
  }) as unknown as Struct<I, P, A> & AnyStruct;
  return Object.defineProperties(struct, describeOp({ ...definition, kind: 'struct' }));
}

/** Properties for the callable: a function's own `name` can only be set by a descriptor. */
function describeOp(definition: {
  kind: Op['kind'];
  dtype?: unknown;
  inputs: Names;
  vjp: object;
}): PropertyDescriptorMap {
  const rules = definition.inputs.map((input) => (definition.vjp as Record<string, unknown>)[input]);
  return Object.getOwnPropertyDescriptors({ attrs: undefined, dtype: undefined, ...definition, rules });
}

/** Where the op runs: on the first operand that is no number; null if all are numbers. */
function findHome(name: string, inputs: Names, operands: readonly unknown[]): Applies | null {
  let home: Applies | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const x = operands[i];
    if (typeof x === 'number') continue;
    if (typeof x !== 'object' || x === null || !('apply' in x))
      throw wrongOperand(name, inputs[i], x, 'a number, Value or Tensor');
    home ??= x as Applies;
  }
  return home;
}

function hasShape(x: unknown): boolean {
  return typeof x === 'object' && x !== null && 'apply' in x && 'shape' in x;
}

function wrongOperand(op: string, input: string, given: unknown, expected: string): OperandError {
  const hint = Array.isArray(given) || typeof given === 'number' ? ' Wrap it: tensor(…).' : '';
  return new OperandError(`${op}: input "${input}" is ${nameGiven(given)}, expected ${expected}.${hint}`);
}
