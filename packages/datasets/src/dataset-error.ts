import { BackflowError } from '@backflow/autograd';

/**
 * What is wrong with a request about a dataset:
 * - `rows`: its tensors do not have the same number of rows, or something in it has no rows;
 * - `lengths`: a split's lengths do not make up the whole;
 * - `batch-size`: it is no whole number from 1 on.
 */
export type DatasetErrorCode = 'rows' | 'lengths' | 'batch-size';

/** A dataset cannot be cut or mixed as asked. */
export class DatasetError extends BackflowError {
  declare readonly code: DatasetErrorCode;

  constructor(code: DatasetErrorCode, message: string) {
    super(code, message);
  }
}
