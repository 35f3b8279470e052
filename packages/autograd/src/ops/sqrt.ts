import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** √x, elementwise. Its slope at 0 is ∞. */
export const sqrt: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'sqrt',
  inputs: ['x'],
  forward: Math.sqrt,
  vjp: { x: ({ y, g }, { div, mul }) => div(g, mul(2, y)) },
});

export const sqrtFacts: Facts<typeof sqrt> = {
  says: { y: '√x', x: 'g / (2 √x)' },
  domain: { x: [0.1, 100] },
  cases: [
    { x: 4, y: 2, grad: { x: 0.25 } },
    { x: 0, y: 0, grad: { x: Infinity } },
  ],
};
