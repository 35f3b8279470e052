import { defineGate, type Gate } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/** x itself, elementwise: a copy that stays on the tape. */
export const clone: Gate<['x']> = /* @__PURE__ */ defineGate({
  name: 'clone',
  inputs: ['x'],
  dtype: 'keep',
  forward: (x) => x,
  vjp: { x: ({ g }) => g },
});

export const cloneFacts: Facts<typeof clone> = {
  says: { y: 'x', x: 'g' },
  domain: { x: [-100, 100] },
  cases: [{ x: 2, y: 2, grad: { x: 1 } }],
};
