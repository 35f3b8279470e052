import { IndexError, ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { existingDim, type Shape, sameShape, showShape, walkAxis } from '../shape.ts';

/** The axis along which indices point, and how long it is. */
export interface GatherAttrs {
  readonly axis: number;
  readonly length: number;
}

/** @throws ShapeError unless `index` has the shape of `x` but for the axis. */
function checkIndexShape(what: string, x: Shape, index: Shape, axis: number): void {
  if (index.length !== x.length || !sameShape(index.with(axis, 0), x.with(axis, 0))) {
    throw new ShapeError(
      `${what}: index has shape ${showShape(index)}, expected ${showShape(x)} but for axis ${axis}.`,
    );
  }
}

/** @throws IndexError unless it is a whole number from 0 to `length` − 1. */
export function checkIndex(what: string, index: number, length: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= length) {
    throw new IndexError(
      `${what}: index ${index} lies outside an axis of ${length} elements (allowed: 0 to ${length - 1}).`,
    );
  }
}

/**
 * Picks elements along an axis: y[i][j] = x[i][index[i][j]] for `dim` 1. `index` has the shape of `x` but for that axis.
 *
 * @throws IndexError for an index outside the axis.
 */
export const gather: Struct<['x', 'index'], [dim: number], GatherAttrs> = /* @__PURE__ */ defineStruct({
  name: 'gather',
  inputs: ['x', 'index'],
  attrs: ([x], dim) => {
    const axis = existingDim(dim, x.length, 'gather');
    return { axis, length: x[axis] };
  },
  dtype: (x) => x,
  shape: (x, index, { axis }) => {
    checkIndexShape('gather', x, index, axis);
    return index;
  },
  kernel: (y, x, index, { axis, length }) => {
    const { outer, length: count, inner } = walkAxis(index.shape, axis);
    for (let o = 0; o < outer; o++) {
      for (let j = 0; j < count * inner; j++) {
        const at = o * count * inner + j;
        checkIndex('gather', index.storage[at], length);
        y.storage[at] = x.storage[(o * length + index.storage[at]) * inner + (j % inner)];
      }
    }
  },
  vjp: { x: ({ index, g }, { scatterAdd }, { axis, length }) => scatterAdd(g, index, axis, length), index: null },
});

export const gatherFacts: Facts<typeof gather> = {
  says: { y: 'x[index]', x: 'g, added where it was picked' },
  indices: { index: 3 },
  samples: [
    { shapes: { x: [3], index: [5] }, params: [0] },
    { shapes: { x: [2, 3], index: [2, 1] }, params: [1] },
    { shapes: { x: [3, 2], index: [2, 2] }, params: [0] },
  ],
  cases: [
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      index: [[1], [0]],
      params: [1],
      y: [[2], [3]],
    },
  ],
};
