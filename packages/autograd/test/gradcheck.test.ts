import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { centralDifference } from '../src/central-difference.ts';
import {
  defaultGenerator,
  defineGate,
  defineStruct,
  type Gate,
  Generator,
  GradcheckError,
  grad,
  gradcheck,
  manualSeed,
  matmul,
  randn,
  relu,
  softmax,
  sum,
  type Tensor,
  tensor,
  type Value,
  value,
} from '../src/index.ts';

const generator = new Generator(3);
const x = randn([4, 3], { generator });
const w = randn([3, 2], { generator });

/** A gate x² whose rule is 2x times `wrong`. */
function squareTimes(wrong: number): Gate<['x']> {
  return defineGate({
    name: 'square',
    inputs: ['x'],
    forward: (x) => x * x,
    vjp: { x: ({ x, g }, { mul }) => mul(g, mul(2 * wrong, x)) },
  });
}

describe('gradcheck passes', () => {
  test('tensors of any shape, results of any size', () => {
    expect(gradcheck((a: Tensor, b: Tensor) => a.matmul(b).tanh(), [x, w])).toBe(true);
    expect(gradcheck((a: Tensor) => softmax(a, -1), [x])).toBe(true);
    expect(gradcheck((a: Tensor) => a.tanh(), [tensor([])])).toBe(true);
  });

  test('numbers and values', () => {
    expect(gradcheck((a: Value, b: Value) => a.mul(b).sigmoid(), [0.3, value(-2)])).toBe(true);
  });

  test('indices, which it hands on as they are', () => {
    const index = tensor([2, 0, 2], { dtype: 'int32' });
    expect(gradcheck((a: Tensor, i: Tensor) => a.gather(i, 0), [tensor([1, 2, 3]), index])).toBe(true);
  });

  test('a gradient of a gradient', () => {
    const cube = (a: Value): Value => a.mul(a).mul(a);
    expect(gradcheck(grad(grad(cube)) as (a: Value) => Value, [0.7])).toBe(true);
  });

  test('a function beside the edge of its domain, where a fixed step would fall off it', () => {
    expect(gradcheck((a: Value) => a.log(), [1e-7])).toBe(true);
  });
});

/** What gradcheck says of a function. */
function complaint(...args: Parameters<typeof gradcheck>): string {
  try {
    gradcheck(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(GradcheckError);
    return (error as Error).message;
  }
  return 'nothing';
}

describe('gradcheck refuses, and guesses why:', () => {
  const at = [tensor([[1, 2]])];

  test('says input, element, both numbers, the tolerance and how many elements', () => {
    expect(complaint((a: Tensor) => squareTimes(2)(a), at)).toMatch(
      /^gradcheck: input 0, element \[0, 0\] \(1\): backward gives (\S+), differences give (\S+)\.\nThey differ by (\S+); allowed is (\S+) = 1e-9 · max\(\|analytic\|, \|numeric\|\) \+ 1e-12 \+ rounding \S+\.\n2 of 2 elements of this input disagree\. Perhaps a factor 2 is one too many/,
    );
  });

  test.each([
    [-1, 'the sign is flipped'],
    [0.5, 'a factor 2 is missing'],
    [1 / 3, 'a factor 3 is missing: a forgotten constant, or a sum over 3 broadcast copies that was lost'],
    [1.1, 'backward gives 1.10000 times the slope throughout: a wrong constant'],
    [0, 'a detach(), item() or data inside the function, or a rule that is null or 0, cuts this path'],
    [Number.NaN, 'the rule divides by 0 or takes ∞ − ∞ there: backward gives NaN'],
  ])('a rule that is %d times the right one', (wrong, cause) => {
    expect(complaint((a: Tensor) => squareTimes(wrong)(a), at)).toContain(cause);
  });

  test('a constant of float32', () => {
    const tenth = defineGate({
      name: 'tenth',
      inputs: ['x'],
      forward: (x) => x * x * 0.1,
      vjp: { x: ({ x, g }, { mul, add }) => mul(g, mul(x, add(0.2, mul(x, 1e-8)))) },
    });
    expect(complaint((a: Tensor) => tenth(a), [tensor([1, 2])])).toContain('only the 7 digits of float32');
  });

  test('a kink, with both slopes', () => {
    expect(complaint((a: Value) => relu(a), [0])).toMatch(
      /there is a kink or a jump: the slope is 0.000 on the left and \S+ on the right/,
    );
  });

  test('a result that is off the tape', () => {
    expect(complaint((a: Tensor) => a.detach().mul(2), at)).toContain('the result is off the tape');
  });

  test('a function that is not finite there', () => {
    const message = complaint((a: Value) => a.sub(a).add(a.mul(0).sqrt().mul(a)), [value(-1)]);
    expect(message).toMatch(/backward gives NaN|not finite/);
  });

  test('a transposed gradient', () => {
    const wrong = defineStruct({
      name: 'wrong',
      inputs: ['x'],
      shape: (shape) => shape,
      kernel: (y, a) => y.storage.set(a.storage.map((e) => e * e)),
      vjp: {
        x: ({ x: a, g }, { mul, add, permute, reshape }) => reshape(permute(mul(g, add(a, a)), [1, 0]), [2, 3]),
      },
    });
    expect(
      complaint(
        (a: Tensor) => wrong(a),
        [
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ],
      ),
    ).toContain('the gradient is transposed');
  });

  test('a function with a will of its own', () => {
    let calls = 0;
    expect(complaint((a: Value) => a.mul(calls++), [1])).toContain('two results for the same input');
  });

  test('float32, whose digits are too few, as input or result', () => {
    expect(() => gradcheck((a: Tensor) => a, [tensor([1], { dtype: 'float32' })])).toThrow(
      "gradcheck: input 0 is float32, whose 7 digits leave differences about 3: too few to tell a right gradient from a wrong one. Check in double: x.to('float64'). The same rules serve both.",
    );
    expect(() => gradcheck((a: Tensor) => a.to('float32'), [tensor([1])])).toThrow('gradcheck: the result is float32');
  });

  test('what is no point', () => {
    expect(() => gradcheck((a: Tensor) => a, [[1, 2]] as never)).toThrow('gradcheck: input 0 is an array, expected');
  });
});

test('gradcheck leaves inputs, gradients and graphs as they were', () => {
  const before = [x.tolist(), w.tolist()];
  const outside = tensor([2], { requiresGrad: true });
  const graph = outside.mul(outside);
  gradcheck((a: Tensor) => matmul(a, w).mul(graph), [x]);
  expect([x.tolist(), w.tolist()]).toEqual(before);
  expect([x.requiresGrad, x.grad, outside.grad, graph.grad]).toEqual([false, null, null, null]);
  sum(graph).backward();
  expect(outside.grad?.tolist()).toEqual([4]);
});

test('gradcheck draws nothing from the global randomness', () => {
  const expected = manualSeed(5).uniform();
  manualSeed(5);
  gradcheck((a: Tensor) => a.mul(2), [x]);
  expect(defaultGenerator().uniform()).toBe(expected);
});

describe('centralDifference', () => {
  const place = fc.integer({ min: -400, max: 400 }).map((n) => n / 64);

  test.prop([place])('knows slopes of smooth functions to 1e-10', (at) => {
    for (const [f, slope] of [
      [Math.exp, Math.exp(at)],
      [Math.sin, Math.cos(at)],
      [(t: number) => t ** 5, 5 * at ** 4],
    ] as const) {
      const [found] = centralDifference((t) => [f(t)], at);
      expect(Math.abs(found.slope - slope)).toBeLessThanOrEqual(1e-10 * Math.abs(slope) + 1e-13 + found.noise);
    }
  });

  test('gives one slope an output', () => {
    const slopes = centralDifference((t) => [t, 2 * t, t * t], 3).map(({ slope }) => Math.round(slope));
    expect(slopes).toEqual([1, 2, 6]);
  });

  test('gives NaN where the function is nowhere finite', () => {
    expect(centralDifference(() => [Number.NaN], 1)[0].slope).toBeNaN();
  });
});
