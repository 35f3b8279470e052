import { manualSeed, mul, ShapeError, sum, tensor, zeros } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ArgumentError, Linear } from '../../src/index.ts';
import { leaf } from '../arbitraries.ts';
import { expectGradients } from '../central-differences.ts';

const size = fc.integer({ min: 1, max: 4 });

/** A layer, an input with zero to two axes before the features, and an upstream gradient. */
const anyUse = fc
  .record({ inFeatures: size, outFeatures: size, lead: fc.array(size, { maxLength: 2 }), bias: fc.boolean() })
  .chain((use) =>
    fc.record({
      layer: fc.constant(new Linear(use.inFeatures, use.outFeatures, { bias: use.bias })),
      x: leaf([...use.lead, use.inFeatures]),
      upstream: leaf([...use.lead, use.outFeatures]),
    }),
  );

describe('forward', () => {
  test.prop([anyUse])('is x · Wᵀ + b', ({ layer, x }) => {
    const rows = x.numel() / layer.inFeatures;
    const expected = Array.from({ length: rows * layer.outFeatures }, (_, at) => {
      const [row, unit] = [Math.floor(at / layer.outFeatures), at % layer.outFeatures];
      let y = 0;
      for (let i = 0; i < layer.inFeatures; i++) {
        y += x.data[row * layer.inFeatures + i]! * layer.weight.data[unit * layer.inFeatures + i]!;
      }
      return y + (layer.bias?.data[unit] ?? 0);
    });
    const y = layer.forward(x);
    expect(y.shape).toEqual([...x.shape.slice(0, -1), layer.outFeatures]);
    expected.forEach((element, i) => {
      expect(y.data[i]).toBeCloseTo(element, 12);
    });
  });

  test('refuses an input without axes, and what is no tensor', () => {
    const layer = new Linear(2, 5);
    expect(() => layer.forward(tensor(1))).toThrow(
      new ShapeError('Linear(2→5): input has no axis (shape []), expected 2.'),
    );
    expect(() => layer.forward([[0, 1]] as never)).toThrow(
      'Linear(2→5): input is an array, expected a Tensor. Wrap arrays: tensor(…).',
    );
  });
});

test.prop([anyUse], { numRuns: 200 })('∂L/∂x, ∂L/∂weight and ∂L/∂bias agree with central differences', (use) => {
  const { layer, x, upstream } = use;
  expectGradients(() => sum(mul(layer.forward(x), upstream.detach())), [x, ...layer.parameters()]);
});

describe('the start', () => {
  test('weight is [out, in] and bias [out]; without bias it is null; dtype is as asked', () => {
    const layer = new Linear(3, 2, { dtype: 'float32' });
    expect([layer.weight.shape, layer.bias?.shape]).toEqual([[2, 3], [2]]);
    expect([layer.weight.dtype, layer.bias?.dtype]).toEqual(['float32', 'float32']);
    expect(new Linear(3, 2).weight.dtype).toBe('float64');
    expect(new Linear(3, 2, { bias: false }).bias).toBeNull();
  });

  test.prop([fc.nat(), fc.integer({ min: 1, max: 50 })], { numRuns: 100 })(
    'weight and bias are drawn evenly from ±1/√in, the same again from the same seed',
    (seed, inFeatures) => {
      const draw = (): number[] => {
        manualSeed(seed);
        return new Linear(inFeatures, 40).parameters().flatMap((x) => Array.from(x.data));
      };
      const drawn = draw();
      const bound = 1 / Math.sqrt(inFeatures);
      expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(bound);
      // 80 draws or more: all of them below 0.8 of the bound has probability 0.8⁸⁰ = 2e-8.
      expect(Math.max(...drawn.map(Math.abs))).toBeGreaterThan(0.8 * bound);
      // The biases are drawn, and to the same bound: all 40 below 0.7 of it has probability 6e-7.
      expect(Math.max(...drawn.slice(-40).map(Math.abs))).toBeGreaterThan(0.7 * bound);
      expect(draw()).toEqual(drawn);
    },
  );

  test.each([0, -1, 2.5, NaN, '3'])('%s features are refused', (n) => {
    expect(() => new Linear(n as number, 1)).toThrow(ArgumentError);
    expect(() => new Linear(1, n as number)).toThrow(/^Linear: outFeatures is .*, expected a whole number from 1 on/);
  });
});

test('it calls itself Linear(in→out)', () => {
  expect(new Linear(2, 5).label()).toBe('Linear(2→5)');
  expect(new Linear(2, 5).forward(zeros([1, 2])).shape).toEqual([1, 5]);
});
