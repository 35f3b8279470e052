import { floating } from '../dtype.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { normalizeDim, walkAxis } from '../shape.ts';

/** ln of softmax along an axis, without taking the logarithm of a number that has underflowed. */
export const logSoftmax: Struct<['x'], [dim: number], { readonly axis: number }> = /* @__PURE__ */ defineStruct({
  name: 'logSoftmax',
  inputs: ['x'],
  attrs: ([x], dim) => ({ axis: normalizeDim(dim, x.length, 'logSoftmax') }),
  dtype: floating,
  shape: (x) => x,
  kernel: (y, x, { axis }) => {
    const { outer, length, inner } = walkAxis(x.shape, axis);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = o * length * inner + i;
        const element = (k: number): number => x.storage[at + k * inner];
        let top = 0;
        for (let j = 1; j < length; j++) if (element(j) > element(top)) top = j;
        // The largest counts 1 in the sum. It is left out and comes back with log1p, or a small rest would be lost in it.
        let rest = 0;
        for (let j = 0; j < length; j++) if (j !== top) rest += Math.exp(element(j) - element(top));
        const logTotal = Math.log1p(rest);
        for (let j = 0; j < length; j++) y.storage[at + j * inner] = element(j) - element(top) - logTotal;
      }
    }
  },
  vjp: { x: ({ y, g }, { exp, mul, sub, sum }, { axis }) => sub(g, mul(exp(y), sum(g, axis, true))) },
});

export const logSoftmaxFacts: Facts<typeof logSoftmax> = {
  says: { y: 'x − ln Σ eˣ', x: 'g − softmax(x) · Σ g' },
  domain: { x: [-5, 5] },
  samples: [
    { shapes: { x: [4] }, params: [0] },
    { shapes: { x: [2, 3] }, params: [-1] },
    { shapes: { x: [2, 3, 2] }, params: [1] },
  ],
  cases: [
    { x: [1, 1], params: [0], y: [-Math.LN2, -Math.LN2] },
    { x: [0, 1000], params: [0], y: [-1000, 0] },
    { x: [0, -40], params: [0], y: [-4.248354255291589e-18, -40] },
    { x: [1, NaN], params: [0], y: [NaN, NaN] },
  ],
};
