import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * The smaller of a and b, elementwise: the gradient goes to the one that won, half to each where they tie.
 * NaN hides nothing: both get it all, as in PyTorch.
 */
export const minimum: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'minimum',
  inputs: ['a', 'b'],
  dtype: 'promote',
  forward: (a, b) => Math.min(a, b),
  vjp: {
    a: ({ a, b, g }, { where, gt, eq, mul }) => where(gt(a, b), 0, where(eq(a, b), mul(0.5, g), g)),
    b: ({ a, b, g }, { where, gt, eq, mul }) => where(gt(b, a), 0, where(eq(a, b), mul(0.5, g), g)),
  },
});

export const minimumFacts: Facts<typeof minimum> = {
  says: { y: 'min(a, b)', a: '0 where a > b, g/2 where a = b, else g', b: '0 where b > a, g/2 where a = b, else g' },
  domain: { a: [-10, 10], b: [-10, 10] },
  kinkWhereEqual: ['a', 'b'],
  cases: [
    { a: 1, b: 2, y: 1, grad: { a: 1, b: 0 } },
    { a: NaN, b: 1, y: NaN, grad: { a: 1, b: 1 } },
    { a: 1, b: 1, y: 1, grad: { a: 0.5, b: 0.5 } },
  ],
};
