import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * x where it is positive, `negativeSlope` · x elsewhere, elementwise: a unit that is off still learns.
 *
 * @param negativeSlope default 0.01, also the slope taken at 0, as in PyTorch.
 */
export const leakyRelu: Gate<['x'], [negativeSlope?: number], { readonly negativeSlope: number }> =
  /* @__PURE__ */ defineGate({
    name: 'leakyRelu',
    inputs: ['x'],
    attrs: (negativeSlope = 0.01) => ({ negativeSlope }),
    forward: (x, { negativeSlope }) => (x > 0 ? x : negativeSlope * x),
    vjp: { x: ({ x, g }, { where, gt, mul }, { negativeSlope }) => where(gt(x, 0), g, mul(g, negativeSlope)) },
  });

export const leakyReluFacts: Facts<typeof leakyRelu> = {
  says: { y: 'x where x > 0, else s · x', x: 'g where x > 0, else s · g' },
  domain: { x: [-10, 10] },
  kinks: { x: [0] },
  params: [[], [0.3]],
  cases: [
    { x: 2, y: 2, grad: { x: 1 } },
    { x: -2, params: [0.25], y: -0.5, grad: { x: 0.25 } },
    { x: 0, params: [0.25], y: 0, grad: { x: 0.25 } },
  ],
};
