import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { broadcastOffsets, broadcastShapes, checkShape, type Shape, sameShape, showShape } from '../shape.ts';

/**
 * Repeats axes of size 1, and adds axes in front, up to `shape`: broadcasting made explicit. A copy, not a view.
 *
 * @throws ShapeError where the tensor does not broadcast to `shape`.
 */
export const expand: Struct<['x'], [shape: Shape], { readonly shape: Shape }> = /* @__PURE__ */ defineStruct({
  name: 'expand',
  inputs: ['x'],
  attrs: (_, shape) => ({ shape: [...shape] }),
  shape: (x, { shape }) => {
    checkShape(shape, 'expand');
    if (!sameShape(broadcastShapes(x, shape, 'expand'), shape)) {
      throw new ShapeError(
        `expand: a tensor of shape ${showShape(x)} does not expand to ${showShape(shape)}: only axes of size 1 can grow.`,
      );
    }
    return shape;
  },
  kernel: (y, x) => {
    const offsets = broadcastOffsets(x.shape, y.shape);
    for (let i = 0; i < offsets.length; i++) y.storage[i] = x.storage[offsets[i]];
  },
  // The walk sums a gradient back to the input's shape, as it does after any broadcast.
  vjp: { x: ({ g }) => g },
});

export const expandFacts: Facts<typeof expand> = {
  says: { y: 'x, repeated', x: 'Σ g over the copies' },
  samples: [
    { shapes: { x: [] }, params: [[3]] },
    { shapes: { x: [2, 1] }, params: [[2, 3]] },
    { shapes: { x: [2, 1] }, params: [[4, 2, 3]] },
  ],
  cases: [
    {
      x: [[1], [2]],
      params: [[2, 2]],
      y: [
        [1, 1],
        [2, 2],
      ],
    },
  ],
};
