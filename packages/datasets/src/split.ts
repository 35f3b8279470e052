import { countRows, type Dataset, takeRows } from './dataset.ts';
import { DatasetError } from './dataset-error.ts';
import { type ShuffleOptions, shuffle } from './shuffle.ts';

/** How far a sum of fractions may be from 1: rounding in ten thousand of them stays below. */
const FRACTION_TOLERANCE = 1e-9;

/** One dataset for each length. */
export type Parts<Name extends string, Lengths extends readonly number[]> = {
  readonly [Part in keyof Lengths]: Dataset<Name>;
};

/**
 * Cuts the rows into parts, in their order. Copies, off the tape.
 *
 * @param lengths numbers of rows that add up to all, or fractions that add up to 1. A cut by fractions is made at the
 *   nearest row.
 * @throws DatasetError where the lengths do not add up, or a fraction is too small to get a row.
 */
export function split<Name extends string, const Lengths extends readonly number[]>(
  dataset: Dataset<Name>,
  lengths: Lengths,
): Parts<Name, Lengths> {
  const ends = findEnds(countRows(dataset), lengths);
  const parts = ends.map((end, i) => {
    const start = ends[i - 1] ?? 0;
    const rows = Array.from({ length: end - start }, (_, row) => start + row);
    return takeRows(dataset, rows);
  });
  return parts as unknown as Parts<Name, Lengths>;
}

/**
 * Cuts the rows into parts at random, as `torch.utils.data.random_split` does.
 *
 * @example
 * const [train, test] = randomSplit({ x, y }, [0.8, 0.2]);
 */
export function randomSplit<Name extends string, const Lengths extends readonly number[]>(
  dataset: Dataset<Name>,
  lengths: Lengths,
  options: ShuffleOptions = {},
): Parts<Name, Lengths> {
  return split(shuffle(dataset, options), lengths);
}

/** The row after the last one of each part. */
function findEnds(rows: number, lengths: readonly number[]): number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const areFractions = Math.abs(total - 1) < FRACTION_TOLERANCE;
  const areCounts = total === rows && lengths.every(Number.isInteger);
  if (!(areFractions || areCounts) || lengths.some((length) => length < 0)) {
    throw new DatasetError(
      'lengths',
      `split: the lengths are [${lengths.join(', ')}] (sum ${total}), expected whole numbers from 0 on that add up to ` +
        `the number of rows, ${rows}, or fractions that add up to 1.`,
    );
  }
  let sum = 0;
  const ends = lengths.map((length) => {
    sum += length;
    return areCounts ? sum : Math.round(sum * rows);
  });
  const empty = lengths.findIndex((length, i) => length > 0 && ends[i] === (ends[i - 1] ?? 0));
  if (empty !== -1) {
    throw new DatasetError(
      'lengths',
      `split: the fraction ${lengths[empty]} comes to no row (rows: ${rows}). Give numbers of rows instead.`,
    );
  }
  return ends;
}
