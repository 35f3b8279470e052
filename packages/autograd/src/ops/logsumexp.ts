import { floating } from '../dtype.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { broadcastOffsets, normalizeDims, reducedShape, type Shape } from '../shape.ts';

interface LogsumexpAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
  readonly kept: Shape;
}

/**
 * ln Σ eˣ along axes: a smooth maximum. Shifted by the largest element, so large ones do not overflow; −∞ where all
 * are −∞, and of nothing.
 *
 * @param dim the axis or axes; all of them by default.
 * @param keepdim keeps those axes with size 1. Default false.
 */
export const logsumexp: Struct<['x'], [dim?: number | readonly number[], keepdim?: boolean], LogsumexpAttrs> =
  /* @__PURE__ */ defineStruct({
    name: 'logsumexp',
    inputs: ['x'],
    attrs: ([x], dim, keepdim = false) => {
      const dims = normalizeDims(dim, x.length, 'logsumexp');
      return { dims, keepdim, kept: reducedShape(x, dims, true) };
    },
    dtype: floating,
    shape: (x, { dims, keepdim }) => reducedShape(x, dims, keepdim),
    kernel: (y, x, { kept }) => {
      const offsets = broadcastOffsets(kept, x.shape);
      const largest = new Int32Array(y.storage.length).fill(-1);
      for (let i = 0; i < offsets.length; i++) {
        const before = largest[offsets[i]];
        const isLarger = before === -1 || x.storage[i] > x.storage[before] || Number.isNaN(x.storage[i]);
        if (isLarger) largest[offsets[i]] = i;
      }
      // The largest counts 1 in the sum. It is left out and comes back with log1p, or a small rest would be lost in it.
      const rest = new Float64Array(y.storage.length);
      for (let i = 0; i < offsets.length; i++) {
        const top = largest[offsets[i]];
        if (i !== top) rest[offsets[i]] += Math.exp(x.storage[i] - x.storage[top]);
      }
      for (let i = 0; i < rest.length; i++) {
        const top = largest[i] === -1 ? Number.NEGATIVE_INFINITY : x.storage[largest[i]];
        y.storage[i] = Number.isFinite(top) ? top + Math.log1p(rest[i]) : top;
      }
    },
    vjp: {
      x: ({ x, y, g }, { mul, exp, sub, reshape }, { kept }) => mul(reshape(g, kept), exp(sub(x, reshape(y, kept)))),
    },
  });

export const logsumexpFacts: Facts<typeof logsumexp> = {
  says: { y: 'ln Σ eˣ', x: 'g · softmax(x)' },
  domain: { x: [-5, 5] },
  samples: [
    { shapes: { x: [4] } },
    { shapes: { x: [2, 3] }, params: [-1] },
    { shapes: { x: [2, 3, 2] }, params: [[0, 2], true] },
  ],
  cases: [
    { x: [0, 0], y: Math.LN2 },
    { x: [1000, 1000], y: 1000.6931471805599 },
    { x: [0, -40], y: 4.248354255291589e-18 },
    { x: [1, NaN, 2], y: NaN },
    { x: [], y: -Infinity },
    { x: [-Infinity, -Infinity], y: -Infinity },
  ],
};
