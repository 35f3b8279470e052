import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  add,
  amax,
  argmax,
  expand,
  gather,
  IndexError,
  logsumexp,
  matmul,
  mean,
  permute,
  reshape,
  ShapeError,
  scatterAdd,
  scatterSlice,
  slice,
  softmax,
  sum,
  type Tensor,
  tensor,
  transpose,
} from '../src/index.ts';
import { type Shape, sizeOf } from '../src/shape.ts';
import { anyShape, broadcastable } from './sweep/numbers.ts';

/** The numbers 1 to n in a shape. */
function counted(shape: Shape): Tensor {
  return reshape(tensor(Float64Array.from({ length: sizeOf(shape) }, (_, i) => i + 1)), shape);
}

/** All places of a shape, the last axis fastest. */
function placesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (places, n) => places.flatMap((place) => Array.from({ length: n }, (_, i) => [...place, i])),
    [[]],
  );
}

/** The element at a place, read from nested arrays: slow, and independent of strides. */
function at(x: Tensor, place: readonly number[]): number {
  return place.reduce((row, i) => row[i], x.tolist());
}

describe('broadcasting', () => {
  test.prop([broadcastable(2)])('reads each operand where its axes allow, as NumPy does', ([a, b]) => {
    const [x, y] = [counted(a), counted(b)];
    const z = add(x, y);
    const rank = Math.max(a.length, b.length);
    const sizes = (shape: Shape): number[] => [...new Array<number>(rank - shape.length).fill(1), ...shape];
    const [m, n] = [sizes(a), sizes(b)];
    expect(z.shape).toEqual(m.map((size, axis) => (size === 1 ? n[axis] : size)));
    for (const place of placesOf(z.shape)) {
      const within = (shape: Shape): number[] =>
        shape.map((size, axis) => (size === 1 ? 0 : place[axis + rank - shape.length]));
      expect(at(z, place)).toBe(at(x, within(a)) + at(y, within(b)));
    }
  });

  test.prop([broadcastable(2)])('is what expanding both first gives', ([a, b]) => {
    const [x, y] = [counted(a), counted(b)];
    const z = add(x, y);
    expect(add(expand(x, z.shape), expand(y, z.shape)).tolist()).toEqual(z.tolist());
  });

  test.prop([anyShape, anyShape])('either works both ways or names the axis', (a, b) => {
    const [x, y] = [counted(a), counted(b)];
    try {
      expect(add(x, y).shape).toEqual(add(y, x).shape);
    } catch (error) {
      expect(error).toBeInstanceOf(ShapeError);
      const axis = Number(/axis −(\d)/.exec((error as Error).message)?.[1]);
      const [m, n] = [a[a.length - axis], b[b.length - axis]];
      expect(m !== n && m !== 1 && n !== 1).toBe(true);
    }
  });

  test('refuses sizes that differ, and says where', () => {
    expect(() => add(counted([4, 3]), counted([4]))).toThrow(
      new ShapeError(
        'add: shapes [4, 3] and [4] do not broadcast: axis −1 has 3 and 4 elements. ' +
          'Sizes match, counted from the last axis, where they are equal or one of them is 1.',
      ),
    );
    expect(() => expand(counted([2]), [3])).toThrow(ShapeError);
    expect(() => expand(counted([2, 1]), [2])).toThrow(
      'expand: a tensor of shape [2, 1] does not expand to [2]: only axes of size 1 can grow.',
    );
  });
});

const bound = fc.option(fc.integer({ min: -6, max: 6 }), { nil: undefined });

describe('slice', () => {
  test.prop([fc.nat(5), bound, bound])('is Array.prototype.slice', (n, start, end) => {
    expect(slice(counted([n]), 0, start, end).tolist()).toEqual(counted([n]).tolist().slice(start, end));
  });

  test.prop([fc.nat(4), bound, bound])('is that in each row, along the last axis', (n, start, end) => {
    const x = counted([2, n]);
    expect(slice(x, -1, start, end).tolist()).toEqual(x.tolist().map((row: number[]) => row.slice(start, end)));
  });

  test('needs an axis', () => {
    expect(() => slice(tensor(1), 0)).toThrow(
      new ShapeError('slice: a 0-d tensor has no axis. Give it one: reshape(x, [1]).'),
    );
    expect(() => gather(tensor(1), tensor(0), 0)).toThrow('gather: a 0-d tensor has no axis');
    expect(() => slice(counted([2]), 1)).toThrow(
      new IndexError('slice: dim 1 does not exist in a tensor with 1 axes (allowed: -1 to 0).'),
    );
  });
});

describe('what is no size or place is refused, not stored:', () => {
  const x = tensor([1, 2, 3]);

  test('a bound that is no whole number', () => {
    expect(() => slice(x, 0, 0.5, 2)).toThrow(new IndexError('slice: start is 0.5, expected a whole number.'));
    expect(() => slice(x, 0, NaN)).toThrow(new IndexError('slice: start is NaN, expected a whole number.'));
    expect(() => slice(x, 0, 0, NaN)).toThrow(new IndexError('slice: end is NaN, expected a whole number.'));
    expect(() => slice(x, 0, 0, '2' as never)).toThrow(IndexError);
  });

  test('a size that is none', () => {
    expect(() => expand(tensor([1]), [-1])).toThrow(
      new ShapeError('expand: [-1] is no shape: sizes are whole numbers from 0 on.'),
    );
    for (const length of [-1, 1.5, NaN]) {
      expect(() => scatterAdd(x, tensor([0, 0, 0]), 0, length)).toThrow(ShapeError);
      expect(() => scatterSlice(x, 0, 0, length)).toThrow(ShapeError);
    }
  });

  test('a place at which the slice does not fit', () => {
    expect(() => scatterSlice(x, 0, 2, 4)).toThrow(
      new IndexError('scatterSlice: 3 elements from 2 on do not fit into an axis of 4 (allowed start: 0 to 1).'),
    );
    for (const start of [-1, 0.5, NaN]) expect(() => scatterSlice(x, 0, start, 4)).toThrow(IndexError);
  });
});

describe('matmul', () => {
  const sizes = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));

  test.prop([sizes, fc.boolean(), fc.boolean(), broadcastable(2)])(
    'is the sum of products, batched and with either operand transposed',
    ([m, k, n], transposeA, transposeB, [batchA, batchB]) => {
      const a = counted([...batchA, ...(transposeA ? [k, m] : [m, k])]);
      const b = counted([...batchB, ...(transposeB ? [n, k] : [k, n])]);
      const y = matmul(a, b, transposeA, transposeB);
      const batch = add(counted(batchA), counted(batchB)).shape;
      expect(y.shape).toEqual([...batch, m, n]);
      const [left, right] = [expand(a, [...batch, ...a.shape.slice(-2)]), expand(b, [...batch, ...b.shape.slice(-2)])];
      for (const place of placesOf(y.shape)) {
        const [lead, i, j] = [place.slice(0, -2), place[place.length - 2], place[place.length - 1]];
        let total = 0;
        for (let p = 0; p < k; p++) {
          const l = at(left, [...lead, ...(transposeA ? [p, i] : [i, p])]);
          const r = at(right, [...lead, ...(transposeB ? [j, p] : [p, j])]);
          total += l * r;
        }
        expect(at(y, place)).toBe(total);
      }
    },
  );

  test('refuses inner sizes that differ, and says which', () => {
    expect(() => matmul(counted([4, 3]), counted([2, 5]))).toThrow(
      new ShapeError(
        'matmul: inner sizes differ: [4, 3] has 3 columns, [2, 5] has 2 rows. ' +
          'Columns of the left matrix must equal rows of the right one.',
      ),
    );
    expect(() => matmul(counted([4, 3]), counted([2, 5]), true)).toThrow('[4, 3]ᵀ has 4 columns');
    expect(() => matmul(counted([3]), counted([3, 1]))).toThrow(
      'matmul: shape [3] is no matrix. Add an axis: reshape(x, [1, -1]) for a row, reshape(x, [-1, 1]) for a column.',
    );
    expect(() => matmul(counted([2, 1, 1]), counted([3, 1, 1]))).toThrow('matmul, batch axes: shapes [2] and [3]');
  });
});

/** A shape with an order of its axes. */
const orders = anyShape.chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    order: fc.shuffledSubarray(
      shape.map((_, axis) => axis),
      { minLength: shape.length, maxLength: shape.length },
    ),
  }),
);

describe('permute, transpose, reshape', () => {
  test.prop([orders])(
    'permute moves each element to its permuted place, and back by the inverse',
    ({ shape, order }) => {
      const x = counted(shape);
      const y = permute(x, order);
      for (const place of placesOf(y.shape)) {
        const from = shape.map((_, axis) => place[order.indexOf(axis)]);
        expect(at(y, place)).toBe(at(x, from));
      }
      const inverse = order.map((_, axis) => order.indexOf(axis));
      expect(permute(y, inverse).tolist()).toEqual(x.tolist());
    },
  );

  test('transpose swaps two axes and is its own inverse', () => {
    const x = counted([2, 3]);
    expect(transpose(x, 0, 1).tolist()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(transpose(transpose(x, 0, -1), 0, 1).tolist()).toEqual(x.tolist());
  });

  test.prop([anyShape])('reshape keeps elements and order, and shares no array with its caller', (shape) => {
    const x = counted(shape);
    expect(Array.from(reshape(x, [sizeOf(shape)]).data)).toEqual(Array.from(x.data));
    const given = [...shape, 1];
    const y = reshape(x, given);
    given[0] = 99;
    expect(y.shape).toEqual([...shape, 1]);
  });

  test('refuse what does not fit', () => {
    expect(() => reshape(counted([2, 3]), [4])).toThrow(
      new ShapeError('reshape: shape [2, 3] has 6 elements, which do not fill [4].'),
    );
    expect(() => reshape(counted([2, 3]), [4, -1])).toThrow('has 6 elements, which do not fill [4, -1].');
    expect(() => permute(counted([2, 3]), [0, 0])).toThrow(
      'permute: dims [0, 0] must name each of the 2 axes of shape [2, 3] once.',
    );
  });
});

describe('reductions', () => {
  /** The axes of [2, 3, 2] to reduce, some written from the end. */
  const dims = fc
    .uniqueArray(fc.nat(2), { maxLength: 3 })
    .chain((axes) => fc.tuple(...axes.map((axis) => fc.constantFrom(axis, axis - 3))));

  test.prop([dims, fc.boolean()])('sum adds along the axes that are named', (axes, keepdim) => {
    const x = counted([2, 3, 2]);
    const named = axes.map((axis) => (axis + 3) % 3);
    const y = sum(x, axes, true);
    for (const place of placesOf(y.shape)) {
      const inside = placesOf(x.shape).filter((p) => p.every((i, axis) => named.includes(axis) || i === place[axis]));
      expect(at(y, place)).toBe(inside.reduce((total, p) => total + at(x, p), 0));
    }
    const kept = sum(x, axes, keepdim);
    expect(kept.shape).toEqual(keepdim ? y.shape : x.shape.filter((_, axis) => !named.includes(axis)));
    expect(Array.from(kept.data)).toEqual(Array.from(y.data));
  });

  test('amax shares its gradient where elements tie', () => {
    const x = tensor(
      [
        [1, 3, 3],
        [4, 2, 0],
      ],
      { requiresGrad: true },
    );
    amax(x, 1).backward(tensor([10, 100]));
    expect(x.grad?.tolist()).toEqual([
      [0, 5, 5],
      [100, 0, 0],
    ]);
  });

  test('take a 0-d tensor as one row of one', () => {
    const x = tensor(3);
    for (const dim of [0, -1]) {
      expect([sum(x, dim), mean(x, dim), amax(x, dim), logsumexp(x, dim)].map((y) => y.item())).toEqual([3, 3, 3, 3]);
      expect([softmax(x, dim).item(), argmax(x, dim).item()]).toEqual([1, 0]);
    }
    expect(() => sum(x, 1)).toThrow(
      new IndexError('sum: dim 1 does not exist in a tensor with 0 axes (allowed: -1 to 0).'),
    );
  });

  test('of nothing: sum 0, mean NaN, and no largest', () => {
    const x = counted([2, 0]);
    expect([sum(x).item(), mean(x).item(), logsumexp(x).item()]).toEqual([0, NaN, -Infinity]);
    expect(sum(x, 1).tolist()).toEqual([0, 0]);
    expect(() => amax(x)).toThrow(ShapeError);
    expect(() => argmax(x, 1)).toThrow('argmax: axis 1 of shape [2, 0] is empty, so it has no largest element.');
  });

  test('an index outside its axis is refused', () => {
    const pick = (i: number) => () => gather(counted([3]), tensor([i], { dtype: 'int32' }), 0);
    expect(pick(3)).toThrow(new IndexError('gather: index 3 lies outside an axis of 3 elements (allowed: 0 to 2).'));
    expect(pick(-1)).toThrow(IndexError);
    expect(() => gather(counted([2, 2]), tensor([0]), 0)).toThrow(ShapeError);
  });
});
