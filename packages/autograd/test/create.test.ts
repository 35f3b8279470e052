import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect } from 'vitest';
import {
  arange,
  DtypeError,
  full,
  Generator,
  manualSeed,
  ones,
  rand,
  randn,
  ShapeError,
  setDefaultDtype,
  tensor,
  zeros,
} from '../src/index.ts';
import { sizeOf } from '../src/shape.ts';
import { anyShape } from './sweep/numbers.ts';

const anyNumber = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1_000, max: 1_000 }).map((n) => n / 8) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 5e-324, 1e308) },
  { weight: 1, arbitrary: fc.double() },
);

/** Nested arrays, with their shape. */
const nested = anyShape.chain((shape) => {
  const build = (axis: number): fc.Arbitrary<unknown> =>
    axis === shape.length ? anyNumber : fc.array(build(axis + 1), { minLength: shape[axis], maxLength: shape[axis] });
  // Behind an axis of size 0 nothing says how large the other axes are.
  const end = shape.indexOf(0);
  return build(0).map((data) => ({ data: data as number[], shape: end === -1 ? shape : shape.slice(0, end + 1) }));
});

afterEach(() => setDefaultDtype('float64'));

describe('tensor(data)', () => {
  test.prop([nested])('has the shape of the nested arrays and gives them back', ({ data, shape }) => {
    const x = tensor(data);
    expect(x.shape).toEqual(shape);
    expect(x.tolist()).toEqual(data);
    expect([x.numel(), x.ndim, x.dtype]).toEqual([sizeOf(shape), shape.length, 'float64']);
  });

  test.prop([fc.array(anyNumber)])('copies typed arrays and keeps their dtype', (numbers) => {
    for (const [data, dtype] of [
      [Float64Array.from(numbers), 'float64'],
      [Float32Array.from(numbers), 'float32'],
      [Int32Array.from(numbers), 'int32'],
    ] as const) {
      const x = tensor(data);
      expect([x.dtype, x.shape]).toEqual([dtype, [numbers.length]]);
      const before = Array.from(data);
      x.fill_(3);
      expect(Array.from(data)).toEqual(before);
    }
  });

  test('makes floats of numbers, always, and bools of booleans', () => {
    expect([tensor([1, 2]).dtype, tensor([true, false]).dtype]).toEqual(['float64', 'bool']);
    expect(tensor([true, false]).tolist()).toEqual([1, 0]);
    setDefaultDtype('float32');
    expect([tensor([1, 2]).dtype, zeros([1]).dtype, rand([1]).dtype]).toEqual(['float32', 'float32', 'float32']);
  });

  test('makes a truth of everything but 0', () => {
    expect(tensor([0.5, 0, 256, NaN, -0], { dtype: 'bool' }).tolist()).toEqual([1, 0, 1, 1, 0]);
    expect(full([2], 2, { dtype: 'bool' }).tolist()).toEqual([1, 1]);
    expect(tensor([true, false]).add_(1).tolist()).toEqual([1, 1]);
  });

  test.each([
    [[[1, 2], [3]], 'tensor: row [1] has 1 elements, expected 2 as in the first row.'],
    [[[1, 2], 3], 'tensor: row [1] is 3, expected 2 as in the first row.'],
    [[1, [2]], 'tensor: element [1] is an array, expected a number, as deep as the first element.'],
    [[[1], [null]], 'tensor: element [1][0] is null, expected a number, as deep as the first element.'],
    [['1'], 'tensor: element [0] is "1", expected a number, as deep as the first element.'],
    ['1', 'tensor: the data is "1", expected a number, nested arrays of numbers or a typed array.'],
  ])('refuses %j', (data, message) => {
    expect(() => tensor(data as never)).toThrow(new ShapeError(message));
  });

  test('refuses a gradient for what has no slope', () => {
    for (const dtype of ['int32', 'bool'] as const) {
      expect(() => tensor([1], { dtype, requiresGrad: true })).toThrow(
        new DtypeError(`requiresGrad: a tensor of ${dtype} has no gradient. Make it one of floats: x.to('float64').`),
      );
    }
    expect(tensor([1], { requiresGrad: true }).requiresGrad).toBe(true);
  });
});

describe('zeros, ones, full, arange', () => {
  test.prop([anyShape])('fill a shape of their own', (shape) => {
    const given = [...shape];
    const x = full(given, 7);
    given.push(99);
    expect(x.shape).toEqual(shape);
    expect(Array.from(x.data)).toEqual(new Array(sizeOf(shape)).fill(7));
    expect(Array.from(zeros(shape).data)).toEqual(new Array(sizeOf(shape)).fill(0));
    expect(Array.from(ones(shape).data)).toEqual(new Array(sizeOf(shape)).fill(1));
  });

  test('refuse what is no shape', () => {
    expect(() => zeros([2, -1])).toThrow('full: [2, -1] is no shape: sizes are whole numbers from 0 on.');
    expect(() => rand([1.5])).toThrow('rand: [1.5] is no shape');
  });

  test('arange counts as Python does', () => {
    expect(arange(4).tolist()).toEqual([0, 1, 2, 3]);
    expect(arange(1, 4).tolist()).toEqual([1, 2, 3]);
    expect(arange(5, 0, -2).tolist()).toEqual([5, 3, 1]);
    expect(arange(3, 3).tolist()).toEqual([]);
    expect(arange(3, 1).tolist()).toEqual([]);
    expect(() => arange(0, 1, 0)).toThrow('arange: step is 0, so it would never end.');
    for (const range of [[NaN], [0, Infinity], [-Infinity, 0], [0, 1, NaN]] as const) {
      expect(() => arange(...(range as unknown as [number]))).toThrow(ShapeError);
    }
    expect(() => arange(NaN)).toThrow('arange: counts from 0 to NaN by 1, and all three must be finite numbers.');
  });
});

describe('rand, randn', () => {
  test.prop([fc.nat(2 ** 32 - 1), anyShape])('are wholly in their seed', (seed, shape) => {
    for (const draw of [rand, randn]) {
      const once = draw(shape, { generator: new Generator(seed) });
      expect(draw(shape, { generator: new Generator(seed) }).tolist()).toEqual(once.tolist());
      manualSeed(seed);
      expect(draw(shape).tolist()).toEqual(once.tolist());
    }
  });

  test('draw floats only', () => {
    expect(() => randn([2], { dtype: 'int32' })).toThrow(
      new DtypeError('randn: draws floats, so dtype cannot be int32.'),
    );
  });
});
