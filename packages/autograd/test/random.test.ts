import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { defaultGenerator, Generator, manualSeed } from '../src/index.ts';
import { pinSeed } from '../src/observe.ts';

const DRAWS = 20_000;

/** Mean and standard deviation of many draws. */
function moments(draw: () => number): [mean: number, std: number] {
  const all = Array.from({ length: DRAWS }, draw);
  const mean = all.reduce((total, x) => total + x, 0) / DRAWS;
  return [mean, Math.sqrt(all.reduce((total, x) => total + (x - mean) ** 2, 0) / DRAWS)];
}

/** A mean of n draws strays by std / √n; by five times that once in two million seeds. */
const STRAY = 5 / Math.sqrt(DRAWS);

describe('a generator', () => {
  test.prop([fc.nat(2 ** 32 - 1)])('gives the same bits for the same seed', (seed) => {
    const draw = (g: Generator): number[] => [
      g.uniform(),
      g.normal(),
      g.integer(0, 9),
      g.normal(),
      ...g.permutation(5),
    ];
    expect(draw(new Generator(seed))).toEqual(draw(new Generator(seed)));
  });

  test('gives the numbers that it has always given: a recorded run must replay', () => {
    const g = new Generator(0);
    expect([g.uniform(), g.normal(), g.integer(1, 6), g.permutation(4)]).toEqual([
      0.12406416194182224,
      -1.5231852202498193,
      6,
      [2, 1, 0, 3],
    ]);
  });

  test.prop([fc.nat(2 ** 32 - 1), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 50 })])(
    'draws within its bounds, the upper one of uniform excluded',
    (seed, low, width) => {
      const g = new Generator(seed);
      for (let i = 0; i < 20; i++) {
        const [x, n] = [g.uniform(low, low + width), g.integer(low, low + width)];
        expect(x >= low && x < low + width).toBe(true);
        expect(Number.isInteger(n) && n >= low && n <= low + width).toBe(true);
      }
    },
  );

  test('draws evenly from an interval', () => {
    const g = new Generator(1);
    const [mean, std] = moments(() => g.uniform(2, 4));
    expect(Math.abs(mean - 3)).toBeLessThan(STRAY * std);
    expect(std).toBeCloseTo(2 / Math.sqrt(12), 2);
  });

  test('draws from the normal distribution: mean, spread, and 68 % within one of it', () => {
    const g = new Generator(2);
    const [mean, std] = moments(() => g.normal(5, 3));
    expect(Math.abs(mean - 5)).toBeLessThan(STRAY * 3);
    expect(std / 3).toBeCloseTo(1, 1);
    const within = Array.from({ length: DRAWS }, () => g.normal()).filter((x) => Math.abs(x) < 1).length;
    expect(Math.abs(within / DRAWS - 0.6827)).toBeLessThan(STRAY / 2);
  });

  test('seeds that are neighbours are unrelated', () => {
    const first = Array.from({ length: 1_000 }, (_, seed) => new Generator(seed).uniform());
    const mean = first.reduce((total, x) => total + x, 0) / first.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * first.length));
  });

  test.prop([fc.nat(2 ** 32 - 1), fc.nat(50)])('permutes: each number once', (seed, n) => {
    const order = new Generator(seed).permutation(n);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  test('permutes evenly: each of the six orders of three comes up a sixth of the time', () => {
    const g = new Generator(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < DRAWS; i++) {
      const order = g.permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count / DRAWS - 1 / 6)).toBeLessThan(STRAY / 2);
  });
});

test('without manualSeed the seed is 0, and manualSeed starts anew', () => {
  manualSeed(0);
  const first = defaultGenerator().uniform();
  defaultGenerator().normal();
  expect(manualSeed(0)).toBe(defaultGenerator());
  expect(defaultGenerator().uniform()).toBe(first);
  expect(new Generator().uniform()).toBe(first);
});

describe('a seed', () => {
  test.each([-1, 1.5, Number.NaN, 2 ** 32])('of %s is refused: it would give the numbers of another', (seed) => {
    expect(() => new Generator(seed)).toThrow(
      `Generator: seed is ${seed}, expected a whole number from 0 to 4294967295.`,
    );
  });

  test('that is pinned wins over those that the program sets, until it is let go', () => {
    const drawAfter = (seed: number): number => manualSeed(seed).uniform();
    const [own, other] = [drawAfter(1), drawAfter(7)];
    pinSeed(7);
    expect(defaultGenerator().uniform()).toBe(other);
    expect(drawAfter(1)).toBe(other);
    pinSeed(null);
    expect(drawAfter(1)).toBe(own);
  });
});
