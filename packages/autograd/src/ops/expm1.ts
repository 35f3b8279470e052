import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** eˣ − 1, elementwise, without losing a small x. */
export const expm1: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'expm1',
  inputs: ['x'],
  forward: Math.expm1,
  vjp: { x: ({ x, g }, { mul, exp }) => mul(g, exp(x)) },
});

export const expm1Facts: Facts<typeof expm1> = {
  says: { y: 'eˣ − 1', x: 'g · eˣ' },
  domain: { x: [-30, 5] },
  cases: [{ x: 0, y: 0, grad: { x: 1 } }],
};
