import { mul, type Tensor, tensor, zeros } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  ArgumentError,
  BCELoss,
  BCEWithLogitsLoss,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  CrossEntropyLoss,
  crossEntropy,
  type Loss,
  type LossOptions,
  MSELoss,
  mseLoss,
  type Reduction,
} from '../../src/index.ts';
import { anyShape, leaf, real } from '../arbitraries.ts';
import { expectGradients } from '../central-differences.ts';

interface Row {
  readonly twin: (input: Tensor, target: Tensor, options?: LossOptions) => Tensor;
  readonly module: new (options?: LossOptions) => Loss;
  readonly input: fc.Arbitrary<number>;
  readonly target: fc.Arbitrary<number>;
  /** The loss of one row, by the textbook's formula. */
  readonly formula: (input: readonly number[], target: readonly number[]) => readonly number[];
}

const probability = real(0.1, 0.9);

const rows: Record<string, Row> = {
  mseLoss: {
    twin: mseLoss,
    module: MSELoss,
    input: real(-3, 3),
    target: real(-3, 3),
    formula: (x, t) => x.map((xi, i) => (xi - t[i]!) ** 2),
  },
  binaryCrossEntropy: {
    twin: binaryCrossEntropy,
    module: BCELoss,
    input: probability,
    target: real(0, 1),
    formula: (p, t) => p.map((pi, i) => -t[i]! * Math.log(pi) - (1 - t[i]!) * Math.log(1 - pi)),
  },
  binaryCrossEntropyWithLogits: {
    twin: binaryCrossEntropyWithLogits,
    module: BCEWithLogitsLoss,
    input: real(-6, 6),
    target: real(0, 1),
    formula: (x, t) => {
      const p = x.map((xi) => 1 / (1 + Math.exp(-xi)));
      return p.map((pi, i) => -t[i]! * Math.log(pi) - (1 - t[i]!) * Math.log(1 - pi));
    },
  },
  crossEntropy: {
    twin: crossEntropy,
    module: CrossEntropyLoss,
    input: real(-3, 3),
    target: real(0, 1),
    formula: (x, t) => {
      const total = x.reduce((sum, xi) => sum + Math.exp(xi), 0);
      return [-x.reduce((sum, xi, i) => sum + t[i]! * Math.log(Math.exp(xi) / total), 0)];
    },
  },
};

describe.each(Object.entries(rows))('%s', (name, { twin, module, input, target, formula }) => {
  const anyPair = anyShape.chain((shape) => fc.tuple(leaf(shape, input), leaf(shape, target)));

  test.prop([anyPair])('is what the textbook says, reduced as asked; the module is its twin', ([x, t]) => {
    const targets: number[][] = t.tolist();
    const losses = (x.tolist() as number[][]).flatMap((row, i) => formula(row, targets[i]!));
    const total = losses.reduce((sum, loss) => sum + loss, 0);
    const expected = { none: losses, sum: [total], mean: [total / losses.length] };
    for (const reduction of ['none', 'sum', 'mean'] as const) {
      const y = twin(x, t, { reduction });
      expect(y.numel()).toBe(expected[reduction].length);
      const apart = expected[reduction].map((loss, i) => Math.abs(loss - y.data[i]!) / Math.max(1, loss));
      expect(Math.max(...apart)).toBeLessThan(1e-12);
      expect(new module({ reduction }).forward(x, t).tolist()).toEqual(y.tolist());
    }
    expect(new module().forward(x, t).item()).toBe(twin(x, t, { reduction: 'mean' }).item());
    expect(twin(x, t).item()).toBe(twin(x, t, { reduction: 'mean' }).item());
  });

  test.prop([anyPair, real(-2, 2)], { numRuns: 200 })(
    'gradients of input and target agree with central differences',
    ([x, t], g) => {
      for (const reduction of ['sum', 'mean'] as const)
        expectGradients(() => mul(twin(x, t, { reduction }), g), [x, t]);
    },
  );

  test('a reduction that does not exist is refused', () => {
    const ones = tensor([[1, 1]]);
    expect(() => twin(ones, ones, { reduction: 'avg' as Reduction })).toThrow(
      new ArgumentError(`${name}: reduction is "avg", expected 'mean', 'sum' or 'none'.`),
    );
  });

  test('a reduction that is no option is refused, not overlooked', () => {
    const ones = tensor([[1, 1]]);
    expect(() => twin(ones, ones, 'sum' as LossOptions)).toThrow(
      new ArgumentError(`${name}: options is "sum", expected an object. Write { reduction: 'sum' }.`),
    );
    expect(() => new module('sum' as LossOptions)).toThrow(
      new ArgumentError(`${module.name}: options is "sum", expected an object. Write { reduction: 'sum' }.`),
    );
    expect(() => new module({ reduction: 'avg' as Reduction })).toThrow(
      new ArgumentError(`${module.name}: reduction is "avg", expected 'mean', 'sum' or 'none'.`),
    );
  });

  test('what is no tensor is refused', () => {
    const ones = tensor([[1, 1]]);
    expect(() => twin([[1]] as never, ones)).toThrow(
      `${name}: input is an array, expected a Tensor. Wrap arrays: tensor(…).`,
    );
    expect(() => twin(ones, 1 as never)).toThrow(`${name}: target is 1, expected a Tensor. Wrap arrays: tensor(…).`);
  });

  test('it has no parameters', () => {
    expect(new module().parameters()).toEqual([]);
  });
});

describe.each(Object.entries(rows).filter(([name]) => name !== 'crossEntropy'))('%s', (name, { twin }) => {
  test('a target of [4] beside an input of [4, 1] is refused, with the cure', () => {
    expect(() => twin(zeros([4, 1]), zeros([4]))).toThrow(
      `${name}: target has shape [4], expected [4, 1], the shape of the input. Broadcasting would compare every element ` +
        'with every other: reshape the target, target.reshape([4, 1]).',
    );
    expect(() => twin(zeros([4, 1]), zeros([3, 1]))).toThrow(
      `${name}: target has shape [3, 1], expected [4, 1], the shape of the input. There must be one target for each element of the input.`,
    );
  });
});
