import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** a · b, elementwise. Each input's gradient is scaled by the other: the gate that swaps. */
export const mul: Gate<['a', 'b']> = /* @__PURE__ */ defineGate({
  name: 'mul',
  inputs: ['a', 'b'],
  dtype: 'promote',
  forward: (a, b) => a * b,
  vjp: { a: ({ b, g }, { mul }) => mul(g, b), b: ({ a, g }, { mul }) => mul(g, a) },
});

export const mulFacts: Facts<typeof mul> = {
  says: { y: 'a · b', a: 'g · b', b: 'g · a' },
  domain: { a: [-10, 10], b: [-10, 10] },
  cases: [{ a: 2, b: 3, y: 6, grad: { a: 3, b: 2 } }],
};
