import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { normalizeDim, showShape, sizeOf } from '../shape.ts';

/**
 * Reorders axes: axis i of the result is axis `dims[i]` of the input. A copy, not a view.
 *
 * @throws ShapeError unless `dims` names every axis once.
 */
export const permute: Struct<['x'], [dims: readonly number[]], { readonly dims: readonly number[] }> =
  /* @__PURE__ */ defineStruct({
    name: 'permute',
    inputs: ['x'],
    attrs: ([x], dims) => {
      const axes = dims.map((dim) => normalizeDim(dim, x.length, 'permute'));
      if (axes.length !== x.length || new Set(axes).size !== axes.length) {
        throw new ShapeError(
          `permute: dims ${showShape(dims)} must name each of the ${x.length} axes of shape ${showShape(x)} once.`,
        );
      }
      return { dims: axes };
    },
    shape: (x, { dims }) => dims.map((axis) => x[axis]),
    kernel: (y, x, { dims }) => {
      // Walks the result in order and keeps the offset into the input as an odometer would.
      const strides = dims.map((axis) => sizeOf(x.shape.slice(axis + 1)));
      const index = new Array<number>(dims.length).fill(0);
      let offset = 0;
      for (let i = 0; i < y.storage.length; i++) {
        y.storage[i] = x.storage[offset];
        for (let axis = dims.length - 1; axis >= 0; axis--) {
          offset += strides[axis];
          if (++index[axis] < y.shape[axis]) break;
          offset -= strides[axis] * y.shape[axis];
          index[axis] = 0;
        }
      }
    },
    vjp: {
      x: ({ g }, { permute }, { dims }) =>
        permute(
          g,
          dims.map((_, axis) => dims.indexOf(axis)),
        ),
    },
  });

export const permuteFacts: Facts<typeof permute> = {
  says: { y: 'x, its axes reordered', x: 'g, its axes put back' },
  samples: [
    { shapes: { x: [2, 3] }, params: [[1, 0]] },
    { shapes: { x: [2, 3, 4] }, params: [[2, 0, 1]] },
    { shapes: { x: [] }, params: [[]] },
  ],
  cases: [
    {
      x: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      params: [[1, 0]],
      y: [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    },
  ],
};
