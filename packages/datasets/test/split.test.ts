import { Generator } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { DatasetError, gates, randomSplit, split } from '../src/index.ts';
import { numberedRows, numberRows, readIds } from './rows.ts';

/** A dataset and some way to cut it, in numbers of rows. */
const cut = numberedRows.chain((dataset) => {
  const rows = dataset.y.numel();
  return fc.array(fc.nat(rows), { maxLength: 4 }).map((cuts) => {
    const ends = [...cuts.toSorted((a, b) => a - b), rows];
    return { dataset, rows, lengths: ends.map((end, i) => end - (ends[i - 1] ?? 0)) };
  });
});

test.prop([cut])('the parts have the lengths asked for, and in a row they are the whole', ({ dataset, lengths }) => {
  const parts = split(dataset, lengths);
  expect(parts.map((part) => part.x.shape[0])).toEqual(lengths);
  expect(parts.flatMap(readIds)).toEqual(readIds(dataset));
});

test.prop([cut])('fractions that are whole numbers of rows cut as these numbers do', ({ dataset, rows, lengths }) => {
  const fractions = lengths.map((length) => length / rows);
  expect(split(dataset, fractions).map(readIds)).toEqual(split(dataset, lengths).map(readIds));
});

test.prop([numberedRows, fc.double({ min: 0.5, max: 0.95, noNaN: true })])(
  'a part by fraction is within half a row of it, or there is no row for the rest',
  (dataset, fraction) => {
    const rows = dataset.y.numel();
    const asked = fraction * rows;
    if (Math.round(asked) === rows || Math.round(asked) === 0) {
      expect(() => split(dataset, [fraction, 1 - fraction])).toThrow(DatasetError);
    } else {
      const [first] = split(dataset, [fraction, 1 - fraction]);
      expect(Math.abs(first.y.numel() - asked)).toBeLessThanOrEqual(0.5);
    }
  },
);

test.prop([cut, fc.nat()])('a random split deals every row to one part, by the seed', ({ dataset, lengths }, seed) => {
  const deal = (): number[][] => randomSplit(dataset, lengths, { generator: new Generator(seed) }).map(readIds);
  const parts = deal();
  expect(parts.map((part) => part.length)).toEqual(lengths);
  expect(parts.flat().toSorted((a, b) => a - b)).toEqual(readIds(dataset));
  expect(deal()).toEqual(parts);
});

test('a random split is random: the first part of ten is not always the first half', () => {
  const dataset = numberRows(10);
  const firsts = Array.from({ length: 5 }, (_, seed) => {
    const [first] = randomSplit(dataset, [5, 5], { generator: new Generator(seed) });
    return readIds(first).join();
  });
  expect(new Set(firsts).size).toBe(5);
});

test('lengths that do not make up the whole are refused', () => {
  const refused = (lengths: readonly number[]): void => {
    const sum = lengths.reduce((total, length) => total + length, 0);
    const message = `split: the lengths are [${lengths.join(', ')}] (sum ${sum}), expected whole numbers from 0 on that add up to the number of rows, 4, or fractions that add up to 1.`;
    expect(() => split(gates.xor(), lengths)).toThrow(new DatasetError('lengths', message));
  };
  refused([3, 2]);
  refused([0.8, 0.1]);
  refused([2.5, 1.5]);
  refused([-1, 5]);
  refused([-1, 2]);
  refused([Number.NaN, 4]);
  refused([]);
});

test('a fraction that gets no row is refused', () => {
  expect(() => split(gates.xor(), [0.9, 0.1])).toThrow(
    new DatasetError('lengths', 'split: the fraction 0.1 comes to no row (rows: 4). Give numbers of rows instead.'),
  );
});
