import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * The larger of a and b, elementwise: the gradient goes to the one that won, half to each where they tie.
 * NaN hides nothing: both get it all, as in PyTorch.
 */
export const maximum: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'maximum',
  inputs: ['a', 'b'],
  dtype: 'promote',
  forward: (a, b) => Math.max(a, b),
  vjp: {
    a: ({ a, b, g }, { where, lt, eq, mul }) => where(lt(a, b), 0, where(eq(a, b), mul(0.5, g), g)),
    b: ({ a, b, g }, { where, lt, eq, mul }) => where(lt(b, a), 0, where(eq(a, b), mul(0.5, g), g)),
  },
});

export const maximumFacts: Facts<typeof maximum> = {
  says: { y: 'max(a, b)', a: '0 where a < b, g/2 where a = b, else g', b: '0 where b < a, g/2 where a = b, else g' },
  domain: { a: [-10, 10], b: [-10, 10] },
  kinkWhereEqual: ['a', 'b'],
  cases: [
    { a: 1, b: 2, y: 2, grad: { a: 0, b: 1 } },
    { a: NaN, b: 1, y: NaN, grad: { a: 1, b: 1 } },
    { a: 1, b: 1, y: 1, grad: { a: 0.5, b: 0.5 } },
  ],
};
