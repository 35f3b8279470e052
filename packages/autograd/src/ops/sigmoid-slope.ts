import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** The slope of the sigmoid, σ(x) · σ(−x), elementwise, to full precision in both tails. At most ¼, at x = 0. */
export const sigmoidSlope: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'sigmoidSlope',
  inputs: ['x'],
  forward: (x) => {
    const e = Math.exp(-Math.abs(x));
    return e / ((1 + e) * (1 + e));
  },
  // σ″ = σ′ · (σ(−x) − σ(x)), and that difference is −tanh(x/2) without cancellation.
  vjp: { x: ({ x, y, g }, { mul, neg, tanh }) => neg(mul(g, mul(y, tanh(mul(0.5, x))))) },
});

export const sigmoidSlopeFacts: Facts<typeof sigmoidSlope> = {
  says: { y: 'σ′(x) = σ(x) · σ(−x)', x: '−g · σ′(x) · tanh(x/2)' },
  domain: { x: [-40, 40] },
  cases: [{ x: 0, y: 0.25, grad: { x: 0 } }],
};
