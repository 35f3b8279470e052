import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** Squashes to (−1, 1), elementwise. The slope is written with sech² and not 1 − y², which is 0 from about x = 19.06 on. */
export const tanh: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'tanh',
  inputs: ['x'],
  forward: Math.tanh,
  vjp: { x: ({ x, g }, { mul, sech2 }) => mul(g, sech2(x)) },
});

export const tanhFacts: Facts<typeof tanh> = {
  says: { y: 'tanh x', x: 'g · sech² x' },
  domain: { x: [-30, 30] },
  cases: [
    { x: 0, y: 0, grad: { x: 1 } },
    { x: Infinity, y: 1, grad: { x: 0 } },
  ],
};
