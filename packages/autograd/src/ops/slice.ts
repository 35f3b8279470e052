import { IndexError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { existingDim, type Shape, walkAxis } from '../shape.ts';
import type { SliceAttrs } from './scatter-slice.ts';

/** A bound as Python reads it: negative counts from the end, and what lies outside is cut. */
function clampBound(name: string, bound: number, length: number): number {
  if (!Number.isInteger(bound)) throw new IndexError(`slice: ${name} is ${bound}, expected a whole number.`);
  return Math.min(Math.max(bound < 0 ? bound + length : bound, 0), length);
}

/**
 * Elements `start` to `end` (not included) along an axis. A copy, not a view.
 *
 * @param dim the axis; −1 is the last.
 * @param start, end counted from 0, negative from the end, cut to the axis, as in Python. Default: all.
 * @throws IndexError for a bound that is no whole number.
 */
export const slice: Struct<['x'], [dim: number, start?: number, end?: number], SliceAttrs> =
  /* @__PURE__ */ defineStruct({
    name: 'slice',
    inputs: ['x'],
    attrs: ([x], dim, start = 0, end) => {
      const axis = existingDim(dim, x.length, 'slice');
      const length = x[axis];
      const from = clampBound('start', start, length);
      return { axis, start: from, count: Math.max(clampBound('end', end ?? length, length) - from, 0), length };
    },
    shape: (x: Shape, { axis, count }) => x.with(axis, count),
    kernel: (y, x, { axis, start, count }) => {
      const { outer, length, inner } = walkAxis(x.shape, axis);
      for (let o = 0; o < outer; o++) {
        const first = (o * length + start) * inner;
        y.storage.set(x.storage.subarray(first, first + count * inner), o * count * inner);
      }
    },
    vjp: { x: ({ g }, { scatterSlice }, { axis, start, length }) => scatterSlice(g, axis, start, length) },
  });

export const sliceFacts: Facts<typeof slice> = {
  says: { y: 'x[start:end]', x: 'g in its place, 0 elsewhere' },
  samples: [
    { shapes: { x: [5] }, params: [0, 1, 3] },
    { shapes: { x: [2, 4] }, params: [-1, -2] },
    { shapes: { x: [3, 2, 2] }, params: [1, 1, 9] },
    { shapes: { x: [3] }, params: [0, 2, 1] },
  ],
  cases: [
    { x: [1, 2, 3, 4], params: [0, 1, -1], y: [2, 3] },
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      params: [1, 1],
      y: [[2], [4]],
    },
  ],
};
