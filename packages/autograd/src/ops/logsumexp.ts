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
    shape: (x, { dims, keepdim }) => reducedShape(x, dims, keepdim),
    kernel: (y, x, { kept }) => {
      const offsets = broadcastOffsets(kept, x.shape);
      const largest = new Float64Array(y.storage.length).fill(Number.NEGATIVE_INFINITY);
      for (let i = 0; i < offsets.length; i++) largest[offsets[i]] = Math.max(largest[offsets[i]], x.storage[i]);
      const total = new Float64Array(y.storage.length);
      for (let i = 0; i < offsets.length; i++) {
        const top = largest[offsets[i]];
        // ±∞ minus itself would be NaN; there every element that reaches the top counts 1.
        total[offsets[i]] += x.storage[i] === top ? 1 : Math.exp(x.storage[i] - top);
      }
      for (let i = 0; i < total.length; i++) {
        y.storage[i] = Number.isFinite(largest[i]) ? largest[i] + Math.log(total[i]) : largest[i];
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
    { x: [-Infinity, -Infinity], y: -Infinity },
  ],
};
