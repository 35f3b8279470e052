import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** a + b, elementwise. */
export const add: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'add',
  inputs: ['a', 'b'],
  dtype: 'promote',
  forward: (a, b) => a + b,
  vjp: { a: ({ g }) => g, b: ({ g }) => g },
});

export const addFacts: Facts<typeof add> = {
  says: { y: 'a + b', a: 'g', b: 'g' },
  domain: { a: [-100, 100], b: [-100, 100] },
  cases: [{ a: 1, b: 2, y: 3, grad: { a: 1, b: 1 } }],
};
