import { castTo, type DType } from '../dtype.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';

/**
 * The same numbers in another dtype. Between floats the gradient flows; to integers and bools it ends.
 *
 * @throws DtypeError for what int32 cannot hold; fractions are cut off.
 */
export const to: Struct<['x'], [dtype: DType], { readonly dtype: DType }> = /* @__PURE__ */ defineStruct({
  name: 'to',
  inputs: ['x'],
  attrs: (_, dtype) => ({ dtype }),
  dtype: (_, { dtype }) => dtype,
  shape: (x) => x,
  kernel: (y, x, { dtype }) => {
    y.storage.set(castTo(dtype, x.storage));
  },
  // The walk brings a gradient back to the input's dtype.
  vjp: { x: ({ g }) => g },
});

export const toFacts: Facts<typeof to> = {
  says: { y: 'x', x: 'g' },
  samples: [{ shapes: { x: [2, 3] }, params: ['float64'] }],
  cases: [
    { x: [1.5, -1.5], params: ['int32'], y: [1, -1] },
    { x: [0.5, 0, NaN], params: ['bool'], y: [1, 0, 1] },
    { x: [0.1], params: ['float32'], y: [0.10000000149011612] },
  ],
};
