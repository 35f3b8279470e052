import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** a / b, elementwise; integers divide to floats. */
export const div: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'div',
  inputs: ['a', 'b'],
  forward: (a, b) => a / b,
  vjp: { a: ({ b, g }, { div }) => div(g, b), b: ({ b, y, g }, { mul, div, neg }) => neg(mul(g, div(y, b))) },
});

export const divFacts: Facts<typeof div> = {
  says: { y: 'a / b', a: 'g / b', b: '−g · a / b²' },
  domain: { a: [-10, 10], b: [0.1, 10] },
  cases: [
    { a: 3, b: 2, y: 1.5, grad: { a: 0.5, b: -0.75 } },
    { a: 1, b: 0, y: Infinity, grad: { a: Infinity, b: -Infinity } },
  ],
};
