import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** ln x, elementwise. −∞ at 0, NaN below. */
export const log: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'log',
  inputs: ['x'],
  forward: Math.log,
  vjp: { x: ({ x, g }, { div }) => div(g, x) },
});

export const logFacts: Facts<typeof log> = {
  says: { y: 'ln x', x: 'g / x' },
  domain: { x: [0.1, 100] },
  cases: [
    { x: 1, y: 0, grad: { x: 1 } },
    { x: 0, y: -Infinity, grad: { x: Infinity } },
  ],
};
