import { expect, test } from 'vitest';
import { count, expectInPages, runSeeds } from '../claims.ts';

const here = new URL('.', import.meta.url);

test('2 → 5 → 4 → 1 learns XOR in every seed from 0 to 19, and its shapes chain', async ({ annotate }) => {
  const runs = await runSeeds(new URL('train.ts', here));
  const solved = count(runs, ({ accuracy }) => accuracy === 1);
  await annotate(`2 → 5 → 4 → 1: accuracy 1 in ${solved} of 20 seeds`, 'claim');
  expect(solved).toBe(20);
  for (const { layers } of runs) {
    const shapes = layers.flatMap(({ parameters }) => parameters.filter(({ name }) => name === 'weight'));
    expect(shapes.map(({ shape }) => shape)).toEqual([
      [5, 2],
      [4, 5],
      [1, 4],
    ]);
  }
  expectInPages(here, {
    en: `Accuracy 1 is reached in ${solved} of 20 seeds.`,
    ko: `시드 20개 중 ${solved}개가 정확도 1에 도달합니다.`,
  });
});
