import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** Whether a = b, elementwise, as 1 or 0. No gradient flows through a comparison. */
export const eq: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'eq',
  inputs: ['a', 'b'],
  dtype: 'bool',
  forward: (a, b) => (a === b ? 1 : 0),
  vjp: { a: null, b: null },
});

export const eqFacts: Facts<typeof eq> = {
  says: { y: 'a = b' },
  domain: { a: [-2, 2], b: [-2, 2] },
  kinkWhereEqual: ['a', 'b'],
  cases: [
    { a: 1, b: 2, y: 0 },
    { a: 2, b: 2, y: 1 },
    { a: 3, b: 2, y: 0 },
  ],
};
