import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** sech² x = 1 / cosh² x, the slope of tanh, elementwise, to full precision in both tails. */
export const sech2: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'sech2',
  inputs: ['x'],
  forward: (x) => {
    const e = Math.exp(-2 * Math.abs(x));
    return (4 * e) / ((1 + e) * (1 + e));
  },
  vjp: { x: ({ x, y, g }, { mul, tanh }) => mul(g, mul(-2, mul(y, tanh(x)))) },
});

export const sech2Facts: Facts<typeof sech2> = {
  says: { y: 'sech² x', x: '−2 g · sech² x · tanh x' },
  domain: { x: [-30, 30] },
  cases: [{ x: 0, y: 1, grad: { x: 0 } }],
};
