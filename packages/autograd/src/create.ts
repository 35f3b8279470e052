import { allocate, castTo, type DType, defaultDtype, type Numbers } from './dtype.ts';
import { DtypeError, nameGiven, ShapeError } from './errors.ts';
import { defaultGenerator, type Generator } from './random.ts';
import { checkShape, type Shape, sizeOf } from './shape.ts';
import { Tensor } from './tensor.ts';

/** What a new tensor is like. */
export interface TensorOptions {
  /** Default: that of a typed array, bool for booleans, else the default float dtype (float64). */
  readonly dtype?: DType;
  /** Whether gradients are wanted. Default false. */
  readonly requiresGrad?: boolean;
}

type Nested = number | boolean | readonly Nested[];

/** A number, nested arrays of one depth and one length at each level, or a flat typed array. */
export type TensorData = Nested | Float64Array | Float32Array | Int32Array;

/**
 * Makes a tensor from a number, nested arrays or a typed array; the data is copied.
 *
 * @throws ShapeError where rows differ in length, naming the row.
 * @example
 * const w = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  if (data instanceof Float64Array) return build(data, [data.length], options.dtype ?? 'float64', options);
  if (data instanceof Float32Array) return build(data, [data.length], options.dtype ?? 'float32', options);
  if (data instanceof Int32Array) return build(data, [data.length], options.dtype ?? 'int32', options);
  const shape: number[] = [];
  let first: unknown = data;
  while (Array.isArray(first)) {
    shape.push(first.length);
    first = first[0];
  }
  const flat: (number | boolean)[] = [];
  flatten(data, shape, 0, [], flat);
  return build(
    flat.map(Number),
    shape,
    options.dtype ?? (typeof first === 'boolean' ? 'bool' : defaultDtype()),
    options,
  );
}

function flatten(data: unknown, shape: Shape, axis: number, path: readonly number[], out: (number | boolean)[]): void {
  const where = path.map((i) => `[${i}]`).join('');
  if (axis === shape.length) {
    if (typeof data !== 'number' && typeof data !== 'boolean') {
      throw new ShapeError(
        axis === 0
          ? `tensor: the data is ${nameGiven(data)}, expected a number, nested arrays of numbers or a typed array.`
          : `tensor: element ${where} is ${nameGiven(data)}, expected a number, as deep as the first element.`,
      );
    }
    out.push(data);
    return;
  }
  if (!Array.isArray(data) || data.length !== shape[axis]) {
    const given = Array.isArray(data) ? `has ${data.length} elements` : `is ${nameGiven(data)}`;
    throw new ShapeError(`tensor: row ${where} ${given}, expected ${shape[axis]} as in the first row.`);
  }
  for (const [i, row] of data.entries()) flatten(row, shape, axis + 1, [...path, i], out);
}

function build(elements: ArrayLike<number>, shape: Shape, dtype: DType, options: TensorOptions): Tensor {
  return finish(castTo(dtype, Float64Array.from(elements)), shape, dtype, options);
}

function finish(storage: Numbers, shape: Shape, dtype: DType, options: TensorOptions): Tensor {
  return new Tensor(storage, shape, dtype).requiresGrad_(options.requiresGrad ?? false);
}

/** A tensor of one number throughout. */
export function full(shape: Shape, x: number, options: TensorOptions = {}): Tensor {
  checkShape(shape, 'full');
  const dtype = options.dtype ?? defaultDtype();
  const [element] = castTo(dtype, Float64Array.of(x));
  return finish(allocate(dtype, sizeOf(shape)).fill(element), [...shape], dtype, options);
}

/** A tensor of zeros. */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 0, options);
}

/** A tensor of ones. */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 1, options);
}

/** The numbers from `start` (default 0) to `end`, which is not included, `step` (default 1) apart. */
export function arange(start: number, end?: number, step = 1, options: TensorOptions = {}): Tensor {
  const [from, to] = end === undefined ? [0, start] : [start, end];
  if (step === 0) throw new ShapeError('arange: step is 0, so it would never end.');
  if (![from, to, step].every(Number.isFinite)) {
    throw new ShapeError(`arange: counts from ${from} to ${to} by ${step}, and all three must be finite numbers.`);
  }
  const count = Math.max(Math.ceil((to - from) / step), 0);
  return build(
    Array.from({ length: count }, (_, i) => from + i * step),
    [count],
    options.dtype ?? defaultDtype(),
    options,
  );
}

/** How a random tensor is drawn. */
export interface RandomOptions extends TensorOptions {
  /** Where the randomness comes from. Default: the global generator, which `manualSeed` sets. */
  readonly generator?: Generator;
}

/** A tensor of numbers drawn evenly from [0, 1). */
export function rand(shape: Shape, options: RandomOptions = {}): Tensor {
  return draw(shape, options, 'rand', (generator) => generator.uniform());
}

/** A tensor of numbers drawn from the normal distribution with mean 0 and standard deviation 1. */
export function randn(shape: Shape, options: RandomOptions = {}): Tensor {
  return draw(shape, options, 'randn', (generator) => generator.normal());
}

function draw(shape: Shape, options: RandomOptions, what: string, next: (generator: Generator) => number): Tensor {
  checkShape(shape, what);
  const dtype = options.dtype ?? defaultDtype();
  if (dtype !== 'float64' && dtype !== 'float32')
    throw new DtypeError(`${what}: draws floats, so dtype cannot be ${dtype}.`);
  const generator = options.generator ?? defaultGenerator();
  const storage = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < storage.length; i++) storage[i] = next(generator);
  return finish(storage, [...shape], dtype, options);
}
