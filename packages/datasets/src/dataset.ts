import { Tensor, zeros } from '@backflow/autograd';
import { DatasetError } from './dataset-error.ts';

/** Tensors that belong together, such as `{ x, y }`: row i of each is about the same example. A row is the first axis. */
export type Dataset<Name extends string> = Readonly<Record<Name, Tensor>>;

/**
 * The number of rows, which all tensors share.
 *
 * @throws DatasetError where they do not, naming the tensor that differs from the first.
 */
export function countRows(dataset: Dataset<string>): number {
  const entries = Object.entries(dataset);
  for (const [name, x] of entries) {
    if (x instanceof Tensor && x.ndim > 0) continue;
    const given = x instanceof Tensor ? 'a tensor without axes' : 'no tensor';
    throw new DatasetError('rows', `dataset: ${name} is ${given}, expected a tensor with a row for each example.`);
  }
  const [first, ...others] = entries;
  if (first === undefined) throw new DatasetError('rows', 'dataset: it is empty, expected tensors, as in { x, y }.');
  const rows = first[1].shape[0]!;
  for (const [name, x] of others) {
    if (x.shape[0] === rows) continue;
    throw new DatasetError(
      'rows',
      `dataset: ${name} has shape [${x.shape.join(', ')}] and ${first[0]} has shape [${first[1].shape.join(', ')}], ` +
        'expected the same number of rows (the first axis).',
    );
  }
  return rows;
}

/** The given rows of each tensor, in the given order. Copies, off the tape. */
export function takeRows<Name extends string>(dataset: Dataset<Name>, rows: readonly number[]): Dataset<Name> {
  const taken = Object.entries<Tensor>(dataset).map(([name, x]) => [name, takeRowsOf(x, rows)]);
  return Object.fromEntries(taken);
}

function takeRowsOf(x: Tensor, rows: readonly number[]): Tensor {
  const taken = zeros([rows.length, ...x.shape.slice(1)], { dtype: x.dtype });
  const width = x.numel() / x.shape[0]!;
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) taken.storage[i * width + j] = x.storage[row * width + j]!;
  });
  return taken;
}
