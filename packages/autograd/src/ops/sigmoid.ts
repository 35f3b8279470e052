import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * Squashes to (0, 1): 1 / (1 + e⁻ˣ), elementwise. The slope is never more than ¼, and is written without
 * y · (1 − y), which is 0 at x = 40 where the true slope is 4.2e-18.
 */
export const sigmoid: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'sigmoid',
  inputs: ['x'],
  // e^x instead of 1 / e^−x for negative x: e^−x overflows below −709, where σ is still above 0.
  forward: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  vjp: { x: ({ x, g }, { mul, sigmoidSlope }) => mul(g, sigmoidSlope(x)) },
});

export const sigmoidFacts: Facts<typeof sigmoid> = {
  says: { y: 'σ(x) = 1 / (1 + e⁻ˣ)', x: 'g · σ(x) · σ(−x)' },
  domain: { x: [-40, 40] },
  cases: [
    { x: 0, y: 0.5, grad: { x: 0.25 } },
    { x: -Infinity, y: 0, grad: { x: 0 } },
    { x: Infinity, y: 1, grad: { x: 0 } },
  ],
};
