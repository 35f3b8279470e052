import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** eˣ, elementwise: its own slope. */
export const exp: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'exp',
  inputs: ['x'],
  forward: Math.exp,
  vjp: { x: ({ y, g }, { mul }) => mul(g, y) },
});

export const expFacts: Facts<typeof exp> = {
  says: { y: 'eˣ', x: 'g · eˣ' },
  domain: { x: [-30, 5] },
  cases: [
    { x: 0, y: 1, grad: { x: 1 } },
    { x: -Infinity, y: 0, grad: { x: 0 } },
  ],
};
