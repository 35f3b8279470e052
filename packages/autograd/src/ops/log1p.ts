import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** ln(1 + x), elementwise, without losing a small x. */
export const log1p: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'log1p',
  inputs: ['x'],
  forward: Math.log1p,
  vjp: { x: ({ x, g }, { div, add }) => div(g, add(1, x)) },
});

export const log1pFacts: Facts<typeof log1p> = {
  says: { y: 'ln(1 + x)', x: 'g / (1 + x)' },
  domain: { x: [-0.9, 100] },
  cases: [{ x: 0, y: 0, grad: { x: 1 } }],
};
