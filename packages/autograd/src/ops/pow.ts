import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * aᵇ, elementwise. Where the formulas give 0 · ∞ the gradients are 0, as in PyTorch: of `a` where a = b = 0, of `b`
 * where a = 0 and b ≥ 0.
 */
export const pow: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'pow',
  inputs: ['a', 'b'],
  forward: (a, b) => a ** b,
  // The base is replaced where the other branch is taken: its ∞ times 0 would be the slope of this slope.
  vjp: {
    a: ({ a, b, g }, { mul, pow, sub, where, eq }) => {
      const isZero = mul(eq(a, 0), eq(b, 0));
      return where(isZero, 0, mul(g, mul(b, pow(where(isZero, 1, a), sub(b, 1)))));
    },
    b: ({ a, b, y, g }, { mul, log, where, eq, ge }) => {
      const isZero = mul(eq(a, 0), ge(b, 0));
      return where(isZero, 0, mul(g, mul(y, log(where(isZero, 1, a)))));
    },
  },
});

export const powFacts: Facts<typeof pow> = {
  says: { y: 'aᵇ', a: 'g · b · aᵇ⁻¹', b: 'g · aᵇ · ln a' },
  domain: { a: [0.2, 5], b: [-3, 3] },
  cases: [
    { a: 3, b: 2, y: 9, grad: { a: 6 } },
    { a: 1, b: 2, y: 1, grad: { a: 2, b: 0 } },
    { a: 0, b: 0, y: 1, grad: { a: 0, b: 0 } },
    { a: 0, b: 2, y: 0, grad: { a: 0, b: 0 } },
    { a: -2, b: 3, y: -8, grad: { a: 12 } },
  ],
};
