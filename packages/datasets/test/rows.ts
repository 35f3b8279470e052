import { type Tensor, tensor } from '@backflow/autograd';
import { fc } from '@fast-check/vitest';
import type { Dataset } from '../src/index.ts';

/** A dataset whose every cell tells its row: x of three axes, y of one. */
export function numberRows(rows: number): Dataset<'x' | 'y'> {
  const ids = Array.from({ length: rows }, (_, i) => i);
  return { x: tensor(ids.map((id) => [[id, id + 0.5]])), y: tensor(ids, { dtype: 'int32' }) };
}

/** 1 to 20 numbered rows. */
export const numberedRows: fc.Arbitrary<Dataset<'x' | 'y'>> = fc.integer({ min: 1, max: 20 }).map(numberRows);

/** The numbers of the rows, in order, after a check that x and y still speak of the same ones and keep their form. */
export function readIds({ x, y }: Dataset<'x' | 'y'>): number[] {
  const ids: number[] = y.tolist();
  const expected = ids.flatMap((id) => [id, id + 0.5]);
  if (String(x.data) !== String(expected) || x.shape.join() !== `${ids.length},1,2` || y.dtype !== 'int32') {
    throw new Error(`x and y have come apart: ${show(x)} beside ${show(y)}`);
  }
  return ids;
}

function show({ shape, dtype, data }: Tensor): string {
  return `${dtype} [${shape}] ${data}`;
}
