import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** −x, elementwise. */
export const neg: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'neg',
  inputs: ['x'],
  dtype: 'promote',
  forward: (x) => -x,
  vjp: { x: ({ g }, { neg }) => neg(g) },
});

export const negFacts: Facts<typeof neg> = {
  says: { y: '−x', x: '−g' },
  domain: { x: [-100, 100] },
  cases: [{ x: 2, y: -2, grad: { x: -1 } }],
};
