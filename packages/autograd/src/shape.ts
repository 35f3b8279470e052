import { IndexError, ShapeError } from './errors.ts';

/** Sizes of a tensor's axes, outermost first. `[]` is a 0-d tensor with one element. */
export type Shape = readonly number[];

/** Elements in a tensor of this shape: the product of its sizes, 1 for `[]`. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i];
  return size;
}

/** Whether two shapes have the same axes. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** How an error message writes a shape: `[4, 3]`. */
export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** @throws ShapeError unless all sizes are whole numbers from 0 on; `what` says who was given them. */
export function checkShape(shape: Shape, what: string): void {
  if (!shape.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(`${what}: ${showShape(shape)} is no shape: sizes are whole numbers from 0 on.`);
  }
}

/**
 * The shape that two shapes broadcast to, by NumPy's rule: axes are matched from the last one, and sizes match
 * where they are equal or one of them is 1.
 *
 * @throws ShapeError naming the axis at which they do not match; `what` says whose shapes they are.
 */
export function broadcastShapes(a: Shape, b: Shape, what: string): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let axis = 1; axis <= rank; axis++) {
    const m = axis <= a.length ? a[a.length - axis] : 1;
    const n = axis <= b.length ? b[b.length - axis] : 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `${what}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast: axis −${axis} has ${m} and ${n} elements. ` +
          'Sizes match, counted from the last axis, where they are equal or one of them is 1.',
      );
    }
    shape[rank - axis] = m === 1 ? n : m;
  }
  return shape;
}

/**
 * For each element of an array of shape `to`, in order, the flat offset of the element of an array of shape `from`
 * that broadcasting puts there. Undoing a broadcast adds along the same map.
 */
export function broadcastOffsets(from: Shape, to: Shape): Int32Array {
  const offsets = new Int32Array(sizeOf(to));
  const lead = to.length - from.length;
  let filled = 1;
  let stride = 1;
  // From the last axis outwards: the block of offsets known so far is repeated once per index of the axis.
  for (let axis = to.length - 1; axis >= 0; axis--) {
    const own = axis >= lead ? from[axis - lead] : 1;
    const step = own === 1 ? 0 : stride;
    for (let i = 1; i < to[axis]; i++) {
      for (let j = 0; j < filled; j++) offsets[i * filled + j] = offsets[j] + i * step;
    }
    filled *= to[axis];
    stride *= own;
  }
  return offsets;
}

/**
 * An axis counted from 0; −1 is the last one. A 0-d tensor is reduced as if it had one axis, as in PyTorch.
 *
 * @throws IndexError where the tensor has no such axis.
 */
export function normalizeDim(dim: number, rank: number, what: string): number {
  const count = Math.max(rank, 1);
  const axis = dim < 0 ? dim + count : dim;
  if (!Number.isInteger(axis) || axis < 0 || axis >= count) {
    throw new IndexError(
      `${what}: dim ${dim} does not exist in a tensor with ${rank} axes (allowed: ${-count} to ${count - 1}).`,
    );
  }
  return axis;
}

/**
 * As `normalizeDim`, for ops that walk along the axis and so need one.
 *
 * @throws ShapeError for a 0-d tensor.
 */
export function existingDim(dim: number, rank: number, what: string): number {
  if (rank === 0) throw new ShapeError(`${what}: a 0-d tensor has no axis. Give it one: reshape(x, [1]).`);
  return normalizeDim(dim, rank, what);
}

/** The axes to reduce over, ascending and without repeats; all of them for `undefined`. */
export function normalizeDims(dim: number | readonly number[] | undefined, rank: number, what: string): number[] {
  if (dim === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const dims = typeof dim === 'number' ? [dim] : dim;
  if (rank === 0) {
    for (const d of dims) normalizeDim(d, 0, what);
    return [];
  }
  return [...new Set(dims.map((d) => normalizeDim(d, rank, what)))].sort((a, b) => a - b);
}

/** A shape after a reduction over `dims`: those axes are gone, or have size 1 where `keepdim`. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): number[] {
  return keepdim
    ? shape.map((n, axis) => (dims.includes(axis) ? 1 : n))
    : shape.filter((_, axis) => !dims.includes(axis));
}

/** How a flat array is walked along one axis: `outer` blocks of `length` rows of `inner` elements. */
export interface AxisWalk {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** The walk of a contiguous array along an axis; a 0-d tensor is one row of one. */
export function walkAxis(shape: Shape, axis: number): AxisWalk {
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis] ?? 1, inner: sizeOf(shape.slice(axis + 1)) };
}
