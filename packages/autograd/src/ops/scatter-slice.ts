import { IndexError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { checkShape, existingDim, walkAxis } from '../shape.ts';

/** Elements `start` to `start + count` of an axis that has `length`. */
export interface SliceAttrs {
  readonly axis: number;
  readonly start: number;
  readonly count: number;
  readonly length: number;
}

/**
 * Puts x at `start` along an axis of `length`, with zeros around it: what `slice` does, backwards.
 *
 * @throws IndexError where it does not fit.
 */
export const scatterSlice: Struct<['x'], [dim: number, start: number, length: number], SliceAttrs> =
  /* @__PURE__ */ defineStruct({
    name: 'scatterSlice',
    inputs: ['x'],
    attrs: ([x], dim, start, length) => {
      const axis = existingDim(dim, x.length, 'scatterSlice');
      return { axis, start, count: x[axis], length };
    },
    shape: (x, { axis, start, count, length }) => {
      const shape = x.with(axis, length);
      checkShape(shape, 'scatterSlice');
      if (!Number.isInteger(start) || start < 0 || start + count > length) {
        throw new IndexError(
          `scatterSlice: ${count} elements from ${start} on do not fit into an axis of ${length} (allowed start: 0 to ${length - count}).`,
        );
      }
      return shape;
    },
    kernel: (y, x, { axis, start, length }) => {
      const { outer, length: count, inner } = walkAxis(x.shape, axis);
      for (let o = 0; o < outer; o++) {
        const block = x.storage.subarray(o * count * inner, (o + 1) * count * inner);
        y.storage.set(block, (o * length + start) * inner);
      }
    },
    vjp: { x: ({ g }, { slice }, { axis, start, count }) => slice(g, axis, start, start + count) },
  });

export const scatterSliceFacts: Facts<typeof scatterSlice> = {
  says: { y: 'x among zeros', x: 'g[start:end]' },
  samples: [
    { shapes: { x: [2] }, params: [0, 1, 4] },
    { shapes: { x: [2, 2] }, params: [-1, 0, 3] },
  ],
  cases: [{ x: [1, 2], params: [0, 1, 4], y: [0, 1, 2, 0] }],
};
