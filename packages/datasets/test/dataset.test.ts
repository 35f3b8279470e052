import { tensor, zeros } from '@backflow/autograd';
import { expect, test } from 'vitest';
import { batches, DatasetError, randomSplit, shuffle, split } from '../src/index.ts';

test('tensors of different numbers of rows are refused, and the one that differs is named', () => {
  const dataset = { x: zeros([4, 2]), y: zeros([3, 1]) };
  const error = new DatasetError(
    'rows',
    'dataset: y has shape [3, 1] and x has shape [4, 2], expected the same number of rows (the first axis).',
  );
  expect(() => shuffle(dataset)).toThrow(error);
  expect(() => split(dataset, [0.5, 0.5])).toThrow(error);
  expect(() => randomSplit(dataset, [0.5, 0.5])).toThrow(error);
  expect(() => batches(dataset, { batchSize: 1 })).toThrow(error);
});

test('what has no rows is refused', () => {
  expect(() => shuffle({ x: zeros([4]), y: tensor(1) })).toThrow(
    new DatasetError('rows', 'dataset: y is a tensor without axes, expected a tensor with a row for each example.'),
  );
  expect(() => shuffle({})).toThrow(
    new DatasetError('rows', 'dataset: it is empty, expected tensors, as in { x, y }.'),
  );
  // @ts-expect-error The names of a table's columns are no tensor.
  expect(() => shuffle({ x: zeros([4]), columns: ['a'] })).toThrow(
    new DatasetError('rows', 'dataset: columns is no tensor, expected a tensor with a row for each example.'),
  );
});

test('a dataset may have any names, and no rows at all', () => {
  const { images, labels } = shuffle({ images: zeros([0, 28, 28]), labels: zeros([0], { dtype: 'int32' }) });
  expect([images.shape, labels.shape, labels.dtype]).toEqual([[0, 28, 28], [0], 'int32']);
});
