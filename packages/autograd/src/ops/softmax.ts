import { floating } from '../dtype.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { normalizeDim, walkAxis } from '../shape.ts';

/** eˣ / Σ eˣ along an axis: positive, adding up to 1. Shifted by the largest element, so large ones do not overflow. */
export const softmax: Struct<['x'], [dim: number], { readonly axis: number }> = /* @__PURE__ */ defineStruct({
  name: 'softmax',
  inputs: ['x'],
  attrs: ([x], dim) => ({ axis: normalizeDim(dim, x.length, 'softmax') }),
  dtype: floating,
  shape: (x) => x,
  kernel: (y, x, { axis }) => {
    const { outer, length, inner } = walkAxis(x.shape, axis);
    const row = new Float64Array(length);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = o * length * inner + i;
        let largest = Number.NEGATIVE_INFINITY;
        for (let j = 0; j < length; j++) largest = Math.max(largest, x.storage[at + j * inner]);
        let total = 0;
        for (let j = 0; j < length; j++) total += row[j] = Math.exp(x.storage[at + j * inner] - largest);
        for (let j = 0; j < length; j++) y.storage[at + j * inner] = row[j] / total;
      }
    }
  },
  vjp: { x: ({ y, g }, { mul, sub, sum }, { axis }) => mul(y, sub(g, sum(mul(g, y), axis, true))) },
});

export const softmaxFacts: Facts<typeof softmax> = {
  says: { y: 'eˣ / Σ eˣ', x: 'y · (g − Σ g · y)' },
  domain: { x: [-5, 5] },
  samples: [
    { shapes: { x: [4] }, params: [0] },
    { shapes: { x: [2, 3] }, params: [-1] },
    { shapes: { x: [2, 3, 2] }, params: [1] },
  ],
  cases: [
    { x: [0, 0], params: [0], y: [0.5, 0.5] },
    { x: [1000, 1000], params: [0], y: [0.5, 0.5] },
  ],
};
