import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** The larger of a and b, elementwise: the gradient goes to the one that won, half to each where they tie. */
export const maximum: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'maximum',
  inputs: ['a', 'b'],
  dtype: 'promote',
  forward: (a, b) => Math.max(a, b),
  vjp: {
    a: ({ a, b, g }, { where, gt, eq, mul }) => where(gt(a, b), g, where(eq(a, b), mul(0.5, g), 0)),
    b: ({ a, b, g }, { where, gt, eq, mul }) => where(gt(b, a), g, where(eq(a, b), mul(0.5, g), 0)),
  },
});

export const maximumFacts: Facts<typeof maximum> = {
  says: { y: 'max(a, b)', a: 'g where a > b, g/2 where a = b, else 0', b: 'g where b > a, g/2 where a = b, else 0' },
  domain: { a: [-10, 10], b: [-10, 10] },
  kinkWhereEqual: ['a', 'b'],
  cases: [
    { a: 1, b: 2, y: 2, grad: { a: 0, b: 1 } },
    { a: 1, b: 1, y: 1, grad: { a: 0.5, b: 0.5 } },
  ],
};
