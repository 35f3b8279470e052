import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { normalizeDim, walkAxis } from '../shape.ts';

/** ln of softmax along an axis, without taking the logarithm of a number that has underflowed. */
export const logSoftmax: Struct<['x'], [dim: number], { readonly axis: number }> = /* @__PURE__ */ defineStruct({
  name: 'logSoftmax',
  inputs: ['x'],
  attrs: ([x], dim) => ({ axis: normalizeDim(dim, x.length, 'logSoftmax') }),
  shape: (x) => x,
  kernel: (y, x, { axis }) => {
    const { outer, length, inner } = walkAxis(x.shape, axis);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = o * length * inner + i;
        let largest = Number.NEGATIVE_INFINITY;
        for (let j = 0; j < length; j++) largest = Math.max(largest, x.storage[at + j * inner]);
        let total = 0;
        for (let j = 0; j < length; j++) total += Math.exp(x.storage[at + j * inner] - largest);
        const logTotal = Math.log(total);
        for (let j = 0; j < length; j++) y.storage[at + j * inner] = x.storage[at + j * inner] - largest - logTotal;
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
  ],
};
