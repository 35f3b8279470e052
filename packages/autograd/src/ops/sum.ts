import { castTo, countable } from '../dtype.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { broadcastOffsets, normalizeDims, reducedShape, type Shape } from '../shape.ts';

interface SumAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
  /** The input's shape with size 1 in the axes that are summed. */
  readonly kept: Shape;
  readonly from: Shape;
}

/**
 * Adds up along axes. The gradient is handed to every summand alike.
 *
 * @param dim the axis or axes to sum over; all of them by default. −1 is the last.
 * @param keepdim keeps those axes with size 1. Default false.
 * @throws DtypeError where int32 cannot hold a sum.
 */
export const sum: Struct<['x'], [dim?: number | readonly number[], keepdim?: boolean], SumAttrs> =
  /* @__PURE__ */ defineStruct({
    name: 'sum',
    inputs: ['x'],
    attrs: ([from], dim, keepdim = false) => {
      const dims = normalizeDims(dim, from.length, 'sum');
      return { dims, keepdim, kept: reducedShape(from, dims, true), from };
    },
    dtype: countable,
    shape: (x, { dims, keepdim }) => reducedShape(x, dims, keepdim),
    kernel: (y, x, { kept }) => {
      const offsets = broadcastOffsets(kept, x.shape);
      // Summed in double, so that a float32 result is rounded once.
      const total = new Float64Array(y.storage.length);
      for (let i = 0; i < offsets.length; i++) total[offsets[i]] += x.storage[i];
      y.storage.set(y.storage instanceof Int32Array ? castTo('int32', total) : total);
    },
    vjp: { x: ({ g }, { expand, reshape }, { kept, from }) => expand(reshape(g, kept), from) },
  });

export const sumFacts: Facts<typeof sum> = {
  says: { y: 'Σ x', x: 'g, to every summand' },
  samples: [
    { shapes: { x: [] } },
    { shapes: { x: [5] } },
    { shapes: { x: [2, 3] } },
    { shapes: { x: [2, 3, 2] }, params: [1] },
    { shapes: { x: [2, 3, 2] }, params: [[0, -1], true] },
    { shapes: { x: [3, 0] }, params: [-1] },
  ],
  cases: [
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      y: 10,
    },
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      params: [0],
      y: [4, 6],
    },
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      params: [1, true],
      y: [[3], [7]],
    },
    { x: [], y: 0 },
  ],
};
