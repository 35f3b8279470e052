import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** |x|, elementwise. The slope at 0 is taken as 0. */
export const abs: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'abs',
  inputs: ['x'],
  dtype: 'promote',
  forward: Math.abs,
  vjp: { x: ({ x, g }, { mul, sign }) => mul(g, sign(x)) },
});

export const absFacts: Facts<typeof abs> = {
  says: { y: '|x|', x: 'g · sign x' },
  domain: { x: [-10, 10] },
  kinks: { x: [0] },
  cases: [
    { x: -2, y: 2, grad: { x: -1 } },
    { x: 0, y: 0, grad: { x: 0 } },
  ],
};
