import { defaultGenerator } from '@backflow/autograd';
import { countRows, type Dataset, takeRows } from './dataset.ts';
import { DatasetError } from './dataset-error.ts';
import type { ShuffleOptions } from './shuffle.ts';

/** How the rows are dealt out. */
export interface BatchOptions extends ShuffleOptions {
  /** Rows in a batch. */
  readonly batchSize: number;
  /** Whether each pass takes the rows in a new random order. Default false. */
  readonly shuffle?: boolean;
  /** Whether a last batch that is not full is left out. Default false. */
  readonly dropLast?: boolean;
}

/** All rows, batch by batch. Each `for … of` over it is one pass, an epoch. */
export interface Batches<Name extends string> extends Iterable<Dataset<Name>> {
  /** Batches in one pass. */
  readonly length: number;
}

/**
 * Deals the rows out in batches, as PyTorch's `DataLoader` does. Copies, off the tape.
 *
 * @throws DatasetError where the tensors differ in their number of rows, or the batch size is no whole number from 1 on.
 * @example
 * for (const batch of batches({ x, y }, { batchSize: 32, shuffle: true })) {
 *   const loss = criterion.forward(model.forward(batch.x), batch.y);
 * }
 */
export function batches<Name extends string>(dataset: Dataset<Name>, options: BatchOptions): Batches<Name> {
  const { batchSize, shuffle = false, dropLast = false, generator } = options;
  const rows = countRows(dataset);
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new DatasetError('batch-size', `batches: batchSize is ${batchSize}, expected a whole number from 1 on.`);
  }
  const length = dropLast ? Math.floor(rows / batchSize) : Math.ceil(rows / batchSize);
  return {
    length,
    *[Symbol.iterator]() {
      const order = shuffle
        ? (generator ?? defaultGenerator()).permutation(rows)
        : Array.from({ length: rows }, (_, row) => row);
      for (let i = 0; i < length; i++) yield takeRows(dataset, order.slice(i * batchSize, (i + 1) * batchSize));
    },
  };
}
