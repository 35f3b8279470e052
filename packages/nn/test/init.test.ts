import { Generator, isRecording, manualSeed, type Tensor, zeros } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ArgumentError, init } from '../src/index.ts';

/** Elements of one draw, and seeds that are drawn: 20,000 numbers for each claim. */
const SHAPE = [20, 50] as const;
const SEEDS = 20;
const COUNT = SHAPE[0] * SHAPE[1] * SEEDS;

/** Six standard errors: a claim that holds fails once in 500 million. */
const ERRORS = 6;

function drawn(fill: (tensor: Tensor, generator: Generator) => Tensor): number[] {
  return Array.from({ length: SEEDS }, (_, seed) => fill(zeros(SHAPE), new Generator(seed))).flatMap((x) =>
    Array.from(x.data),
  );
}

function mean(xs: readonly number[]): number {
  return xs.reduce((total, x) => total + x, 0) / xs.length;
}

/** Excess kurtosis of the even and the normal distribution decides how well 20,000 numbers tell the variance. */
const fourthMoment = { uniform: 9 / 5, normal: 3 };

const fanIn = SHAPE[1];
const fanOut = SHAPE[0];
const rows: [
  name: string,
  kind: 'uniform' | 'normal',
  std: number,
  fill: (x: Tensor, g: Generator) => Tensor,
  mean?: number,
][] = [
  ['uniform_(0, 1)', 'uniform', 1 / Math.sqrt(12), (x, g) => init.uniform_(x, 0, 1, g), 0.5],
  ['uniform_(−1, 1)', 'uniform', 1 / Math.sqrt(3), (x, g) => init.uniform_(x, -1, 1, g)],
  ['normal_(0, 1)', 'normal', 1, (x, g) => init.normal_(x, 0, 1, g)],
  ['normal_(2, 0.5)', 'normal', 0.5, (x, g) => init.normal_(x, 2, 0.5, g), 2],
  ['xavierUniform_', 'uniform', Math.sqrt(2 / (fanIn + fanOut)), (x, g) => init.xavierUniform_(x, 1, g)],
  [
    'xavierNormal_, gain 5/3',
    'normal',
    (5 / 3) * Math.sqrt(2 / (fanIn + fanOut)),
    (x, g) => init.xavierNormal_(x, 5 / 3, g),
  ],
  ['kaimingUniform_', 'uniform', Math.sqrt(2 / fanIn), (x, g) => init.kaimingUniform_(x, 0, 'fanIn', 'relu', g)],
  [
    'kaimingUniform_, a = √5',
    'uniform',
    Math.sqrt(1 / 3 / fanIn),
    (x, g) => init.kaimingUniform_(x, Math.sqrt(5), 'fanIn', 'leakyRelu', g),
  ],
  ['kaimingNormal_, fanOut', 'normal', Math.sqrt(2 / fanOut), (x, g) => init.kaimingNormal_(x, 0, 'fanOut', 'relu', g)],
];

describe.each(rows)('%s', (_, kind, std, fill, center = 0) => {
  const numbers = drawn(fill);

  test('has its mean', () => {
    expect(Math.abs(mean(numbers) - center)).toBeLessThan((ERRORS * std) / Math.sqrt(COUNT));
  });

  test('has its standard deviation', () => {
    const variance = mean(numbers.map((x) => (x - center) ** 2));
    const error = std ** 2 * Math.sqrt((fourthMoment[kind] - 1) / COUNT);
    expect(Math.abs(variance - std ** 2)).toBeLessThan(ERRORS * error);
  });

  test(`is ${kind}`, () => {
    // The fourth moment tells one from the other; its own error is below 0.25 for both.
    expect(Math.abs(mean(numbers.map((x) => ((x - center) / std) ** 4)) - fourthMoment[kind])).toBeLessThan(0.3);
  });
});

test('defaults are those of PyTorch', () => {
  const same = (a: (x: Tensor) => Tensor, b: (x: Tensor) => Tensor): void => {
    const draws = [a, b].map((fill) => {
      manualSeed(7);
      return fill(zeros([3, 4])).tolist();
    });
    expect(draws[0]).toEqual(draws[1]);
  };
  same(init.uniform_, (x) => init.uniform_(x, 0, 1));
  same(init.normal_, (x) => init.normal_(x, 0, 1));
  same(init.xavierUniform_, (x) => init.xavierUniform_(x, 1));
  same(init.xavierNormal_, (x) => init.xavierNormal_(x, 1));
  same(init.kaimingUniform_, (x) => init.kaimingUniform_(x, 0, 'fanIn', 'leakyRelu'));
  same(init.kaimingNormal_, (x) => init.kaimingNormal_(x, 0, 'fanIn', 'leakyRelu'));
});

test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })], {
  numRuns: 100,
})('a window of weights counts in both fans, as in a convolution', (out, inputs, side) => {
  const shape = [out, inputs, side, side];
  const flat = [out, inputs * side * side];
  const draw = (s: readonly number[], mode: 'fanIn' | 'fanOut'): number[] =>
    Array.from(init.kaimingNormal_(zeros(s), 0, mode, 'relu', new Generator(1)).data);
  expect(draw(shape, 'fanIn')).toEqual(draw(flat, 'fanIn'));
  const ratio = Math.sqrt((out * side * side) / out);
  const apart = draw(flat, 'fanOut').map((x, i) => Math.abs(x - ratio * draw(shape, 'fanOut')[i]!));
  expect(Math.max(...apart)).toBeLessThan(1e-12);
});

test('constants are written everywhere', () => {
  expect(init.constant_(zeros([2]), 3).tolist()).toEqual([3, 3]);
  expect(init.ones_(zeros([2])).tolist()).toEqual([1, 1]);
  expect(init.zeros_(init.ones_(zeros([2]))).tolist()).toEqual([0, 0]);
});

test('a weight can be initialised while it wants a gradient, and backward knows of a change', () => {
  const w = zeros([1], { requiresGrad: true });
  const y = w.mul(w);
  expect(init.ones_(w)).toBe(w);
  expect(isRecording()).toBe(true);
  expect(() => y.backward()).toThrow(/init\.ones_ changed it in place/);
});

test.each([
  ['linear', undefined, 1],
  ['sigmoid', undefined, 1],
  ['tanh', undefined, 5 / 3],
  ['relu', undefined, Math.sqrt(2)],
  ['leakyRelu', undefined, Math.sqrt(2 / (1 + 0.01 ** 2))],
  ['leakyRelu', 0.2, Math.sqrt(2 / (1 + 0.2 ** 2))],
  ['selu', undefined, 3 / 4],
] as const)('the gain for %s (%s) is that of PyTorch', (nonlinearity, param, gain) => {
  expect(init.calculateGain(nonlinearity, param)).toBe(gain);
});

test('an unknown nonlinearity and a bias are refused', () => {
  expect(() => init.calculateGain('swish' as never)).toThrow(
    new ArgumentError('calculateGain: "swish" has no known gain. Known: linear, sigmoid, tanh, relu, leakyRelu, selu.'),
  );
  expect(() => init.xavierUniform_(zeros([3]))).toThrow(/^init: a tensor of shape \[3\] has no fan in and fan out/);
  expect(() => init.kaimingNormal_(zeros([3]))).toThrow(ArgumentError);
});

describe('what would fill a weight with NaN is refused, and the weight left as it was:', () => {
  const refusals: [what: string, fill: (x: Tensor) => Tensor, message: string][] = [
    [
      'a mode that does not exist',
      (x) => init.kaimingUniform_(x, 0, 'fan_in' as init.FanMode),
      `init.kaimingUniform_: mode is "fan_in", expected 'fanIn' or 'fanOut'.`,
    ],
    [
      'options in place of a slope',
      (x) => init.kaimingNormal_(x, { mode: 'fanIn' } as never),
      'init.kaimingNormal_: a is of class Object, expected a finite number.',
    ],
    [
      'a gain',
      (x) => init.xavierUniform_(x, 'tanh' as never),
      'init.xavierUniform_: gain is "tanh", expected a finite number.',
    ],
    ['a gain', (x) => init.xavierNormal_(x, NaN), 'init.xavierNormal_: gain is NaN, expected a finite number.'],
    ['a bound', (x) => init.uniform_(x, 0, null as never), 'init.uniform_: b is null, expected a finite number.'],
    ['a spread', (x) => init.normal_(x, 0, '1' as never), 'init.normal_: std is "1", expected a finite number.'],
    [
      'a constant',
      (x) => init.constant_(x, undefined as never),
      'init.constant_: x is undefined, expected a finite number.',
    ],
  ];

  test.each(refusals)('%s', (_, fill, message) => {
    const x = zeros([2, 3]);
    expect(() => fill(x)).toThrow(new ArgumentError(message));
    expect([x.version, x.tolist()]).toEqual([0, zeros([2, 3]).tolist()]);
  });

  test('but a constant may be any number', () => {
    expect(init.constant_(zeros([1]), NaN).item()).toBe(NaN);
  });
});
