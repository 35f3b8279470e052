import { Generator, manualSeed } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { batches, DatasetError, gates } from '../src/index.ts';
import { numberedRows, numberRows, readIds } from './rows.ts';

const batchSize = fc.integer({ min: 1, max: 25 });

test.prop([numberedRows, batchSize])('batches in a row are the whole, all full but the last', (dataset, batchSize) => {
  const pass = batches(dataset, { batchSize });
  const dealt = [...pass].map(readIds);
  expect(dealt.flat()).toEqual(readIds(dataset));
  expect(dealt.slice(0, -1).every((batch) => batch.length === batchSize)).toBe(true);
  expect(dealt.at(-1)!.length).toBeLessThanOrEqual(batchSize);
  expect(pass.length).toBe(dealt.length);
});

test.prop([numberedRows, batchSize])('dropLast leaves out the batch that is not full', (dataset, batchSize) => {
  const full = [...batches(dataset, { batchSize })].map(readIds).filter((batch) => batch.length === batchSize);
  const pass = batches(dataset, { batchSize, dropLast: true });
  expect([...pass].map(readIds)).toEqual(full);
  expect(pass.length).toBe(full.length);
});

test.prop([numberedRows, batchSize, fc.nat()])('a shuffled pass deals every row once', (dataset, batchSize, seed) => {
  const pass = batches(dataset, { batchSize, shuffle: true, generator: new Generator(seed) });
  const ids = [...pass].flatMap(readIds);
  expect(ids.toSorted((a, b) => a - b)).toEqual(readIds(dataset));
});

test.prop([numberedRows, batchSize, fc.nat()])(
  'the same seed deals the same passes, given or global',
  (dataset, batchSize, seed) => {
    const given = batches(dataset, { batchSize, shuffle: true, generator: new Generator(seed) });
    const passes = [[...given].map(readIds), [...given].map(readIds)];
    manualSeed(seed);
    const global = batches(dataset, { batchSize, shuffle: true });
    expect([[...global].map(readIds), [...global].map(readIds)]).toEqual(passes);
  },
);

test('each pass over the same batches is whole, and shuffled anew', () => {
  const dataset = numberRows(20);
  const pass = batches(dataset, { batchSize: 3, shuffle: true, generator: new Generator(1) });
  const [first, second] = [[...pass].flatMap(readIds), [...pass].flatMap(readIds)];
  expect(second).toHaveLength(20);
  expect(second).not.toEqual(first);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a batch size of %d is refused at once', (batchSize) => {
  expect(() => batches(gates.xor(), { batchSize })).toThrow(
    new DatasetError('batch-size', `batches: batchSize is ${batchSize}, expected a whole number from 1 on.`),
  );
});
