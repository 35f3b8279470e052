import { defaultGenerator, type Generator } from '@backflow/autograd';
import { countRows, type Dataset, takeRows } from './dataset.ts';

/** Where the randomness comes from. */
export interface ShuffleOptions {
  /** Default: the global generator, which `manualSeed` sets. */
  readonly generator?: Generator | undefined;
}

/**
 * The rows in random order, each row of x still beside its row of y. Copies, off the tape.
 *
 * @throws DatasetError where the tensors differ in their number of rows.
 */
export function shuffle<Name extends string>(dataset: Dataset<Name>, options: ShuffleOptions = {}): Dataset<Name> {
  const { generator = defaultGenerator() } = options;
  return takeRows(dataset, generator.permutation(countRows(dataset)));
}
