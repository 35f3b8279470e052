import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect } from 'vitest';
import {
  add,
  clone,
  type DType,
  DtypeError,
  div,
  eq,
  exp,
  full,
  isFloat,
  linear,
  logSoftmax,
  logsumexp,
  matmul,
  maximum,
  mean,
  mul,
  neg,
  OperandError,
  promote,
  relu,
  ShapeError,
  scatterAdd,
  setDefaultDtype,
  softmax,
  sum,
  type Tensor,
  tensor,
  Value,
  value,
  where,
  zeros,
} from '../src/index.ts';

const DTYPES: readonly DType[] = ['bool', 'int32', 'float32', 'float64'];
const anyDtype = fc.constantFrom(...DTYPES);

afterEach(() => setDefaultDtype('float64'));

describe('dtypes', () => {
  test.prop([anyDtype, anyDtype])('promote to the later of bool, int32, float32, float64', (a, b) => {
    const later = DTYPES[Math.max(DTYPES.indexOf(a), DTYPES.indexOf(b))];
    expect(promote(a, b)).toBe(later);
    const [x, y] = [full([2], 1, { dtype: a }), full([2], 1, { dtype: b })];
    expect([add(x, y).dtype, where(eq(x, 1), x, y).dtype]).toEqual([later === 'bool' ? 'int32' : later, later]);
  });

  test('bools are counted as integers, and stay bools only where none is computed with', () => {
    const x = tensor([true, false]);
    const counted = [neg(x), add(x, x), relu(x), maximum(x, x), scatterAdd(x, tensor([0, 0]).to('int32'), 0, 2)];
    expect(counted.map((y) => [y.dtype, y.tolist()])).toEqual([
      ['int32', [-1, 0]],
      ['int32', [2, 0]],
      ['int32', [1, 0]],
      ['int32', [1, 0]],
      ['int32', [1, 0]],
    ]);
    const row = full([1, 3], 1, { dtype: 'bool' });
    expect([matmul(row, row, false, true).dtype, matmul(row, row, false, true).item()]).toEqual(['int32', 3]);
    expect([clone(x).dtype, where(x, x, x).dtype]).toEqual(['bool', 'bool']);
  });

  test('int32 refuses what it cannot hold, and cuts off fractions', () => {
    const whole = { dtype: 'int32' } as const;
    expect(tensor([1.7, -1.7, 2 ** 31 - 1, -(2 ** 31)], whole).tolist()).toEqual([1, -1, 2 ** 31 - 1, -(2 ** 31)]);
    const big = full([2], 2e9, whole);
    const refused = [
      (): unknown => tensor([2 ** 31], whole),
      (): unknown => tensor([NaN], whole),
      (): unknown => full([1], -3e9, whole),
      (): unknown => tensor([Infinity]).to('int32'),
      (): unknown => sum(big),
      (): unknown => big.add_(2e9),
    ];
    for (const make of refused) expect(make).toThrow(DtypeError);
    expect(refused[0]).toThrow(
      new DtypeError(
        'int32 cannot hold 2147483648: it holds whole numbers from -2147483648 to 2147483647. ' +
          "Keep floats: leave dtype out, or x.to('float64').",
      ),
    );
    expect(big.tolist()).toEqual([2e9, 2e9]);
    expect(mean(big).item()).toBe(2e9);
  });

  test('a gradient that is given comes in the dtype of the tensor, whatever its own', () => {
    for (const createGraph of [false, true]) {
      const x = tensor([1, 2], { dtype: 'float32', requiresGrad: true });
      x.backward(tensor([0.1, 1]), { createGraph });
      expect([x.grad?.dtype, x.grad?.data[0]]).toEqual(['float32', Math.fround(0.1)]);
    }
  });

  test.prop([anyDtype, fc.constantFrom('float32', 'float64')])(
    'of what divides or bends are floats: integers become the default one',
    (dtype, fallback) => {
      setDefaultDtype(fallback);
      const x = full([2], 1, { dtype });
      const expected = isFloat(dtype) ? dtype : fallback;
      const bent = [exp(x), div(x, 2), mean(x), softmax(x, 0), logSoftmax(x, 0), logsumexp(x)];
      expect(bent.map((y) => y.dtype)).toEqual(bent.map(() => expected));
    },
  );

  test('a plain number never changes a float dtype, and makes a float of integers only with a fraction', () => {
    expect(mul(full([1], 1, { dtype: 'float32' }), 0.1).dtype).toBe('float32');
    expect(mul(full([1], 1, { dtype: 'int32' }), 2).dtype).toBe('int32');
    expect(mul(full([1], 1, { dtype: 'int32' }), 0.5).dtype).toBe('float64');
    expect(add(full([1], 1, { dtype: 'bool' }), 1).dtype).toBe('int32');
  });

  test('comparisons give bools, and bools add up to integers', () => {
    const isOne = eq(tensor([1, 2, 1]), 1);
    expect([isOne.dtype, sum(isOne).dtype, sum(isOne).item()]).toEqual(['bool', 'int32', 2]);
  });

  test('float32 keeps 24 bits, sums are rounded once', () => {
    const x = full([10], 0.1, { dtype: 'float32' });
    expect(x.data[0]).toBe(Math.fround(0.1));
    expect(sum(x).item()).toBe(Math.fround(10 * Math.fround(0.1)));
    // One by one, float32 would lose each 1 beside 2²⁴.
    const w = tensor(1, { dtype: 'float32', requiresGrad: true });
    mul(w, tensor([2 ** 24, 1, 1], { dtype: 'float32' })).backward(full([3], 1, { dtype: 'float32' }));
    expect(w.grad?.item()).toBe(2 ** 24 + 2);
  });

  test('to changes the dtype, and gradients come back in the old one', () => {
    const x = tensor([1.5, -2], { requiresGrad: true });
    const y = x.to('float32');
    y.mul(y).sum().backward();
    expect([y.dtype, x.grad?.dtype, x.grad?.tolist()]).toEqual(['float32', 'float64', [3, -4]]);
    expect(x.to('int32').tolist()).toEqual([1, -2]);
    expect([x.to('int32').requiresGrad, x.to('float64') === x]).toEqual([false, false]);
  });
});

describe('reading a tensor', () => {
  test('item gives the only element', () => {
    expect([tensor(3).item(), tensor([[3]]).item()]).toEqual([3, 3]);
    expect(() => tensor([1, 2]).item()).toThrow(
      new ShapeError(
        'item: a tensor of shape [2] has 2 elements, not one. Reduce it first, with sum() or mean(), or read tolist().',
      ),
    );
  });

  test('toString shows nested brackets, what is not usual, and shortens long axes', () => {
    expect(String(tensor(0.1))).toBe('tensor(0.1)');
    expect(
      String(
        tensor([
          [1, 2],
          [3, -0],
        ]),
      ),
    ).toBe('tensor([[1, 2],\n        [3, -0]])');
    expect(String(tensor([1 / 3], { requiresGrad: true }))).toBe('tensor([0.333333], requiresGrad)');
    expect(String(zeros([9], { dtype: 'float32' }))).toBe('tensor([0, 0, 0, …, 0, 0, 0], float32)');
    expect(String(tensor([]))).toBe('tensor([])');
    expect(String(value(2))).toBe('Value(2, grad 0)');
  });
});

describe('changes in place', () => {
  test('write what they say, and return the tensor', () => {
    const x = tensor([1, 2]);
    expect(
      x
        .add_(tensor([1, 1]))
        .mul_(3)
        .sub_(1),
    ).toBe(x);
    expect(x.tolist()).toEqual([5, 8]);
    expect(x.copy_([7, 8]).tolist()).toEqual([7, 8]);
    expect(x.fill_(4).tolist()).toEqual([4, 4]);
    expect(x.zero_().tolist()).toEqual([0, 0]);
    expect(x.add_(x.fill_(2)).tolist()).toEqual([4, 4]);
  });

  test('do not broadcast', () => {
    expect(() => tensor([1, 2]).add_(tensor([1]))).toThrow(
      new ShapeError('add_: shapes [2] and [1] differ, and a change in place does not broadcast.'),
    );
    expect(() => tensor([1, 2]).copy_([1])).toThrow(new ShapeError('copy_: cannot write 1 elements into shape [2].'));
    expect(() => tensor([1, 2]).copy_(tensor([[1, 2]]))).toThrow('copy_: cannot write [1, 2] into shape [2].');
  });
});

describe('methods and functions are the same ops', () => {
  const x = tensor([
    [0.5, 2],
    [1, 3],
  ]);

  test('for gates and structs', () => {
    expect(x.mul(x).tolist()).toEqual(mul(x, x).tolist());
    expect(x.matmul(x, true).tolist()).toEqual(matmul(x, x, true).tolist());
    expect(x.mean(0).tolist()).toEqual(mean(x, 0).tolist());
    expect(value(2).pow(3).data).toBe(8);
  });

  test('linear is x · Wᵀ + b, for rows, batches and a single row', () => {
    const [w, b] = [
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      tensor([10, 20, 30]),
    ];
    const expected = matmul(x, w, false, true).add(b);
    expect(linear(x, w, b).tolist()).toEqual(expected.tolist());
    expect(linear(x.reshape([2, 1, 2]), w, b).shape).toEqual([2, 1, 3]);
    expect(linear(tensor([0.5, 2]), w, b).tolist()).toEqual(expected.tolist()[0]);
    expect(linear(x, w).tolist()).toEqual(matmul(x, w, false, true).tolist());
    expect(() => linear(tensor([[1, 2, 3]]), w)).toThrow(
      new ShapeError('linear: input has 3 features (shape [1, 3]), expected 2.'),
    );
  });
});

describe('what is no operand is refused with what to do:', () => {
  test('an array', () => {
    expect(() => add(tensor([1]), [1, 2] as never)).toThrow(
      new OperandError('add: input "b" is an array, expected a number, Value or Tensor. Wrap it: tensor(…).'),
    );
    expect(() => sum([1, 2] as never)).toThrow(
      new OperandError('sum: input "x" is an array, expected a Tensor. Wrap it: tensor(…).'),
    );
  });

  test('a number where a tensor must be, a missing argument, a string', () => {
    expect(() => sum(3 as never)).toThrow('sum: input "x" is 3, expected a Tensor. Wrap it: tensor(…).');
    expect(() => (mul as unknown as (x: Tensor) => Tensor)(tensor([1]))).toThrow('mul: input "b" is undefined');
    expect(() => mul('2' as never, 2)).toThrow('mul: input "a" is "2", expected a number, Value or Tensor.');
  });

  test('a value beside a tensor, whichever comes first', () => {
    expect(() => add(tensor([1]) as never, value(1) as never)).toThrow(
      new OperandError(
        'add: mixes a Tensor with a Value. Make one of them the other: tensor(v.data) or value(t.item()).',
      ),
    );
    expect(() => add(value(1) as never, tensor([1]) as never)).toThrow('add: mixes a Value with a Tensor.');
    expect(() => sum(new Value(1) as never)).toThrow('sum: input "x" is of class Value, expected a Tensor.');
  });
});
