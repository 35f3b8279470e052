import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** −1, 0 or 1, elementwise. Flat between its jumps, so its gradient is 0 everywhere. */
export const sign: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'sign',
  inputs: ['x'],
  dtype: 'promote',
  forward: Math.sign,
  vjp: { x: () => 0 },
});

export const signFacts: Facts<typeof sign> = {
  says: { y: 'sign x', x: '0' },
  domain: { x: [-10, 10] },
  kinks: { x: [0] },
  cases: [
    { x: -2, y: -1, grad: { x: 0 } },
    { x: 0, y: 0, grad: { x: 0 } },
  ],
};
