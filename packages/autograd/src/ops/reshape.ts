import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { type Shape, showShape, sizeOf } from '../shape.ts';

/** Replaces the one −1 in `shape` by what the number of elements leaves for it. */
function inferShape(shape: Shape, size: number): Shape {
  const open = shape.indexOf(-1);
  const rest = shape.reduce((product, n, axis) => (axis === open ? product : product * n), 1);
  return open === -1 || size % rest !== 0 ? [...shape] : shape.with(open, size / rest);
}

/**
 * The same elements in the same order under another shape. A copy, not a view.
 *
 * @param shape one size may be −1: it takes what is left.
 * @throws ShapeError where the number of elements differs.
 */
export const reshape: Struct<['x'], [shape: Shape], { readonly from: Shape; readonly to: Shape }> =
  /* @__PURE__ */ defineStruct({
    name: 'reshape',
    inputs: ['x'],
    attrs: ([from], shape) => ({ from, to: inferShape(shape, sizeOf(from)) }),
    shape: (from, { to }) => {
      if (sizeOf(to) !== sizeOf(from) || !to.every((n) => Number.isInteger(n) && n >= 0)) {
        throw new ShapeError(
          `reshape: shape ${showShape(from)} has ${sizeOf(from)} elements, which do not fill ${showShape(to)}.`,
        );
      }
      return to;
    },
    kernel: (y, x) => y.storage.set(x.storage),
    vjp: { x: ({ g }, { reshape }, { from }) => reshape(g, from) },
  });

export const reshapeFacts: Facts<typeof reshape> = {
  says: { y: 'x, reshaped', x: 'g, shaped back' },
  samples: [
    { shapes: { x: [2, 3] }, params: [[3, 2]] },
    { shapes: { x: [2, 3] }, params: [[-1]] },
    { shapes: { x: [1] }, params: [[]] },
  ],
  cases: [
    {
      x: [1, 2, 3, 4],
      params: [[2, -1]],
      y: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
};
