import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { broadcastOffsets, normalizeDims, reducedShape, type Shape, showShape } from '../shape.ts';

interface AmaxAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
  readonly kept: Shape;
}

/**
 * The largest element along axes; NaN if there is one. Where several tie, they share the gradient evenly, as in PyTorch.
 *
 * @param dim the axis or axes; all of them by default.
 * @param keepdim keeps those axes with size 1. Default false.
 * @throws ShapeError for an empty axis.
 */
export const amax: Struct<['x'], [dim?: number | readonly number[], keepdim?: boolean], AmaxAttrs> =
  /* @__PURE__ */ defineStruct({
    name: 'amax',
    inputs: ['x'],
    attrs: ([x], dim, keepdim = false) => {
      const dims = normalizeDims(dim, x.length, 'amax');
      return { dims, keepdim, kept: reducedShape(x, dims, true) };
    },
    shape: (x, { dims, keepdim }) => {
      if (dims.some((axis) => x[axis] === 0))
        throw new ShapeError(`amax: shape ${showShape(x)} is empty there, so it has no largest element.`);
      return reducedShape(x, dims, keepdim);
    },
    kernel: (y, x, { kept }) => {
      const offsets = broadcastOffsets(kept, x.shape);
      const largest = new Float64Array(y.storage.length).fill(Number.NEGATIVE_INFINITY);
      for (let i = 0; i < offsets.length; i++) largest[offsets[i]] = Math.max(largest[offsets[i]], x.storage[i]);
      y.storage.set(largest);
    },
    vjp: {
      x: ({ x, y, g }, { eq, reshape, sum, div, mul }, { dims, kept }) => {
        const isLargest = eq(x, reshape(y, kept));
        return mul(isLargest, div(reshape(g, kept), sum(isLargest, dims, true)));
      },
    },
  });

export const amaxFacts: Facts<typeof amax> = {
  says: { y: 'max x', x: 'g to the largest, shared where they tie' },
  samples: [
    { shapes: { x: [5] } },
    { shapes: { x: [2, 3] }, params: [1] },
    { shapes: { x: [2, 3, 2] }, params: [[0, 2], true] },
  ],
  cases: [
    { x: [1, 3, 3], y: 3 },
    {
      x: [
        [1, 2],
        [4, 3],
      ],
      params: [0],
      y: [4, 3],
    },
    { x: [1, NaN], y: NaN },
  ],
};
