import { Generator, manualSeed } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { shuffle } from '../src/index.ts';
import { numberedRows, numberRows, readIds } from './rows.ts';

test.prop([numberedRows, fc.nat()])('every row comes back once, x beside its y', (dataset, seed) => {
  const ids = readIds(shuffle(dataset, { generator: new Generator(seed) }));
  expect(ids.toSorted((a, b) => a - b)).toEqual(readIds(dataset));
});

test.prop([numberedRows, fc.nat()])('the same seed gives the same order, given or global', (dataset, seed) => {
  const order = readIds(shuffle(dataset, { generator: new Generator(seed) }));
  expect(readIds(shuffle(dataset, { generator: new Generator(seed) }))).toEqual(order);
  manualSeed(seed);
  expect(readIds(shuffle(dataset))).toEqual(order);
});

test.prop([numberedRows, fc.nat()])('what is given stays as it is', (dataset, seed) => {
  const before = readIds(dataset);
  shuffle(dataset, { generator: new Generator(seed) }).x.fill_(-1);
  expect(readIds(dataset)).toEqual(before);
});

test('in 600 shuffles of three rows each of the six orders comes up 100 times, give or take 40', () => {
  const generator = new Generator(1);
  const dataset = numberRows(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 600; i++) {
    const order = readIds(shuffle(dataset, { generator })).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  // 40 is more than four standard deviations of a count: √(600 · 1/6 · 5/6) = 9.1.
  expect([...counts.values()].map((count) => Math.abs(count - 100) <= 40)).toEqual(Array(6).fill(true));
});
