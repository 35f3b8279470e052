import { DtypeError, IndexError, ShapeError, tensor, zeros } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { crossEntropy } from '../../src/index.ts';
import { anyShape, leaf } from '../arbitraries.ts';
import { expectGradients } from '../central-differences.ts';

const anyLabelled = anyShape.chain(([rows, classes]) =>
  fc.record({
    input: leaf([rows, classes]),
    labels: fc.array(fc.nat(classes - 1), { minLength: rows, maxLength: rows }),
  }),
);

describe('labels', () => {
  test.prop([anyLabelled])('are probabilities of 1', ({ input, labels }) => {
    const certain = tensor(
      labels.map((label) => input.tolist()[0].map((_: number, i: number) => (i === label ? 1 : 0))),
    );
    for (const reduction of ['none', 'sum', 'mean'] as const) {
      const byLabel = crossEntropy(input, tensor(labels, { dtype: 'int32' }), { reduction });
      expect(byLabel.tolist()).toEqual(crossEntropy(input, certain, { reduction }).tolist());
    }
  });

  test.prop([anyLabelled], { numRuns: 200 })('∂L/∂input agrees with central differences', ({ input, labels }) => {
    expectGradients(() => crossEntropy(input, tensor(labels, { dtype: 'int32' })), [input]);
  });

  test('large outputs lose nothing', () => {
    const input = tensor([[1000, 0]]);
    expect(crossEntropy(input, tensor([0], { dtype: 'int32' })).item()).toBe(0);
    expect(crossEntropy(input, tensor([1], { dtype: 'int32' })).item()).toBe(1000);
  });
});

const int32 = { dtype: 'int32' } as const;

test.each([
  [
    'labels that are floats',
    () => crossEntropy(zeros([2, 3]), tensor([0, 2])),
    new DtypeError(
      "crossEntropy: target has shape [2] and dtype float64, and labels are whole numbers. Ask for them by dtype: tensor([0, 2], { dtype: 'int32' }), or target.to('int32').",
    ),
  ],
  [
    'a label that is no class',
    () => crossEntropy(zeros([2, 3]), tensor([0, 3], int32)),
    new IndexError('crossEntropy: the label of row 1 is 3, and input has 3 classes: 0 to 2.'),
  ],
  [
    'a negative label',
    () => crossEntropy(zeros([2, 3]), tensor([-1, 0], int32)),
    new IndexError('crossEntropy: the label of row 0 is -1, and input has 3 classes: 0 to 2.'),
  ],
  [
    'too few labels',
    () => crossEntropy(zeros([2, 3]), tensor([0], int32)),
    new ShapeError(
      'crossEntropy: target has shape [1], expected one label for each of 2 rows, [2]. If it holds a probability for each class, make it one of floats.',
    ),
  ],
  [
    'labels in a column',
    () => crossEntropy(zeros([2, 3]), tensor([[0], [1]], int32)),
    new ShapeError(
      'crossEntropy: target has shape [2, 1], expected one label for each of 2 rows, [2]. Write target.reshape([-1]).',
    ),
  ],
  [
    'labels that are floats in a column',
    () => crossEntropy(zeros([2, 3]), tensor([[0], [1]])),
    new ShapeError(
      "crossEntropy: target has shape [2, 1] and dtype float64, expected one label for each of 2 rows, [2] of int32. Write target.reshape([-1]).to('int32').",
    ),
  ],
  ...[
    [3, 3],
    [2, 2],
    [2, 3, 1],
  ].map((shape): [string, () => unknown, Error] => [
    `probabilities of shape [${shape}]`,
    () => crossEntropy(zeros([2, 3]), zeros(shape)),
    new ShapeError(
      `crossEntropy: target has shape [${shape.join(', ')}], expected [2, 3], a probability for each class, or [2] labels of int32.`,
    ),
  ]),
  [
    'an input without rows',
    () => crossEntropy(zeros([3]), tensor([0], int32)),
    new ShapeError(
      'crossEntropy: input has shape [3], expected [rows, classes]. For one row add an axis: input.reshape([1, -1]).',
    ),
  ],
])('%s: refused', (_, run, error) => {
  expect(run).toThrow(error);
});
