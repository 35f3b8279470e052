import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** max(x, 0), elementwise: the gradient passes whole or not at all. The slope at 0 is taken as 0; NaN stays NaN. */
export const relu: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'relu',
  inputs: ['x'],
  dtype: 'promote',
  forward: (x) => (x <= 0 ? 0 : x),
  vjp: { x: ({ x, g }, { where, le }) => where(le(x, 0), 0, g) },
});

export const reluFacts: Facts<typeof relu> = {
  says: { y: 'max(x, 0)', x: 'g where x > 0, else 0' },
  domain: { x: [-10, 10] },
  kinks: { x: [0] },
  cases: [
    { x: 2, y: 2, grad: { x: 1 } },
    { x: -2, y: 0, grad: { x: 0 } },
    { x: 0, y: 0, grad: { x: 0 } },
  ],
};
