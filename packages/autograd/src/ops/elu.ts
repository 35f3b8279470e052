import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * x where it is positive, α · (eˣ − 1) elsewhere, elementwise.
 *
 * @param alpha default 1, also the slope taken at 0, as in PyTorch.
 */
export const elu: Gate<['x'], [alpha?: number], { readonly alpha: number }> = /* @__PURE__ */ defineGate({
  name: 'elu',
  inputs: ['x'],
  attrs: (alpha = 1) => ({ alpha }),
  forward: (x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x)),
  vjp: {
    x: ({ x, g }, { where, gt, mul, exp }, { alpha }) => {
      const isOn = gt(x, 0);
      // Not eˣ where it is not taken: there it may be ∞, and 0 · ∞ would be the slope of this slope.
      return where(isOn, g, mul(g, mul(alpha, exp(where(isOn, 0, x)))));
    },
  },
});

export const eluFacts: Facts<typeof elu> = {
  says: { y: 'x where x > 0, else α (eˣ − 1)', x: 'g where x > 0, else g · α eˣ' },
  domain: { x: [-20, 10] },
  kinks: { x: [0] },
  params: [[], [0.5]],
  cases: [
    { x: 2, y: 2, grad: { x: 1 } },
    { x: 0, params: [0.5], y: 0, grad: { x: 0.5 } },
  ],
};
