import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** ln(1 + eˣ), elementwise: a smooth ReLU whose slope is the sigmoid. No threshold: exact in both tails. */
export const softplus: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'softplus',
  inputs: ['x'],
  forward: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  vjp: { x: ({ x, g }, { mul, sigmoid }) => mul(g, sigmoid(x)) },
});

export const softplusFacts: Facts<typeof softplus> = {
  says: { y: 'ln(1 + eˣ)', x: 'g · σ(x)' },
  domain: { x: [-40, 40] },
  cases: [
    { x: 0, y: Math.LN2, grad: { x: 0.5 } },
    { x: -Infinity, y: 0, grad: { x: 0 } },
  ],
};
