import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** a where the condition holds (is not 0), b elsewhere, elementwise. The gradient goes to the one that was taken. */
export const where: Gate<['condition', 'a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'where',
  inputs: ['condition', 'a', 'b'],
  dtype: 'keep',
  forward: (condition, a, b) => (condition !== 0 ? a : b),
  vjp: {
    condition: null,
    a: ({ condition, g }, { where }) => where(condition, g, 0),
    b: ({ condition, g }, { where }) => where(condition, 0, g),
  },
});

export const whereFacts: Facts<typeof where> = {
  says: { y: 'a where c, else b', a: 'g where c, else 0', b: '0 where c, else g' },
  domain: { condition: [0, 1], a: [-10, 10], b: [-10, 10] },
  truths: ['condition'],
  cases: [
    { condition: 1, a: 2, b: 3, y: 2, grad: { a: 1, b: 0 } },
    { condition: 0, a: 2, b: 3, y: 3, grad: { a: 0, b: 1 } },
  ],
};
