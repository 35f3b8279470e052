import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { normalizeDim, reducedShape, showShape, walkAxis } from '../shape.ts';

/**
 * Where the largest element stands along an axis, as int32; the first of several, and the first NaN if there is one.
 *
 * @throws ShapeError for an empty axis: it has no largest element.
 */
export const argmax: Struct<
  ['x'],
  [dim: number, keepdim?: boolean],
  { readonly axis: number; readonly keepdim: boolean }
> = /* @__PURE__ */ defineStruct({
  name: 'argmax',
  inputs: ['x'],
  attrs: ([x], dim, keepdim = false) => ({ axis: normalizeDim(dim, x.length, 'argmax'), keepdim }),
  dtype: () => 'int32',
  shape: (x, { axis, keepdim }) => {
    if (x[axis] === 0)
      throw new ShapeError(`argmax: axis ${axis} of shape ${showShape(x)} is empty, so it has no largest element.`);
    return x.length === 0 ? x : reducedShape(x, [axis], keepdim);
  },
  kernel: (y, x, { axis }) => {
    const { outer, length, inner } = walkAxis(x.shape, axis);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const element = (j: number): number => x.storage[(o * length + j) * inner + i];
        let best = 0;
        for (let j = 1; j < length && !Number.isNaN(element(best)); j++) if (!(element(j) <= element(best))) best = j;
        y.storage[o * inner + i] = best;
      }
    }
  },
  vjp: { x: null },
});

export const argmaxFacts: Facts<typeof argmax> = {
  says: { y: 'the place of the largest x' },
  samples: [
    { shapes: { x: [4] }, params: [0] },
    { shapes: { x: [2, 3] }, params: [-1, true] },
  ],
  cases: [
    { x: [1, 3, 3], params: [0], y: 1 },
    {
      x: [
        [1, 2],
        [4, 3],
      ],
      params: [1],
      y: [1, 0],
    },
    { x: [1, NaN, 3], params: [0], y: 1 },
  ],
};
