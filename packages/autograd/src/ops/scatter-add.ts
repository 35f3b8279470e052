import { countable } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { checkShape, existingDim, sameShape, showShape, walkAxis } from '../shape.ts';
import { checkIndex, type GatherAttrs } from './gather.ts';

/**
 * Adds each element of x to zeros at its index along an axis of `length`: what `gather` does, backwards. `index` has
 * the shape of `x`.
 *
 * @throws IndexError for an index outside the axis.
 */
export const scatterAdd: Struct<['x', 'index'], [dim: number, length: number], GatherAttrs> =
  /* @__PURE__ */ defineStruct({
    name: 'scatterAdd',
    inputs: ['x', 'index'],
    attrs: ([x], dim, length) => ({ axis: existingDim(dim, x.length, 'scatterAdd'), length }),
    dtype: countable,
    shape: (x, index, { axis, length }) => {
      if (!sameShape(x, index)) {
        throw new ShapeError(
          `scatterAdd: x has shape ${showShape(x)} and index ${showShape(index)}; they must be the same.`,
        );
      }
      const shape = x.with(axis, length);
      checkShape(shape, 'scatterAdd');
      return shape;
    },
    kernel: (y, x, index, { axis, length }) => {
      const { outer, length: count, inner } = walkAxis(x.shape, axis);
      // Summed in double, so that a float32 result is rounded once.
      const total = new Float64Array(y.storage.length);
      for (let o = 0; o < outer; o++) {
        for (let j = 0; j < count * inner; j++) {
          const at = o * count * inner + j;
          checkIndex('scatterAdd', index.storage[at], length);
          total[(o * length + index.storage[at]) * inner + (j % inner)] += x.storage[at];
        }
      }
      y.storage.set(total);
    },
    vjp: { x: ({ index, g }, { gather }, { axis }) => gather(g, index, axis), index: null },
  });

export const scatterAddFacts: Facts<typeof scatterAdd> = {
  says: { y: 'x, added at index', x: 'g[index]' },
  indices: { index: 3 },
  samples: [
    { shapes: { x: [5], index: [5] }, params: [0, 3] },
    { shapes: { x: [2, 2], index: [2, 2] }, params: [0, 3] },
  ],
  cases: [{ x: [1, 2, 3], index: [0, 2, 0], params: [0, 3], y: [4, 0, 2] }],
};
