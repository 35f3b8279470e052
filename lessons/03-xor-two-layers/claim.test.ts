import { describe, expect, test } from 'vitest';
import { count, expectInPages, runSeeds } from '../claims.ts';

const here = new URL('.', import.meta.url);
const file = new URL('train.ts', here);

describe('XOR with sigmoids, seeds 0 to 19', () => {
  test('two layers solve it in every seed', async ({ annotate }) => {
    const solved = count(await runSeeds(file), ({ accuracy }) => accuracy === 1);
    await annotate(`two layers, five hidden units: accuracy 1 in ${solved} of 20 seeds`, 'claim');
    expect(solved).toBe(20);
    expectInPages(here, {
      en: `Two layers, five hidden units: accuracy 1 in ${solved} of 20 seeds.`,
      ko: `두 층, 은닉 유닛 다섯 개: 시드 20개 중 ${solved}개가 정확도 1.`,
    });
  });

  test('one layer solves it in none, and its cost stops at ln 2', async ({ annotate }) => {
    const runs = await runSeeds(file, { settings: { hidden: 0 } });
    const solved = count(runs, ({ accuracy }) => accuracy === 1);
    const stuck = count(runs, ({ last }) => last.loss.toFixed(4) === '0.6931');
    await annotate(`one layer: accuracy 1 in ${solved} of 20 seeds, cost 0.6931 in ${stuck}`, 'claim');
    expect([solved, stuck]).toEqual([0, 20]);
    expectInPages(here, {
      en: `One layer: accuracy 1 in ${solved} of 20 seeds; the cost is 0.6931 in ${stuck}.`,
      ko: `한 층: 시드 20개 중 ${solved}개가 정확도 1, ${stuck}개에서 비용 0.6931.`,
    });
  });

  test('two hidden units solve it in most seeds, not in all', async ({ annotate }) => {
    const solved = count(await runSeeds(file, { settings: { hidden: 2 } }), ({ accuracy }) => accuracy === 1);
    await annotate(`two layers, two hidden units: accuracy 1 in ${solved} of 20 seeds`, 'claim');
    expect(solved).toBeGreaterThan(10);
    expect(solved).toBeLessThan(20);
    expectInPages(here, {
      en: `Two layers, two hidden units (\`--set hidden=2\`): accuracy 1 in ${solved} of 20 seeds.`,
      ko: `두 층, 은닉 유닛 두 개(\`--set hidden=2\`): 시드 20개 중 ${solved}개가 정확도 1.`,
    });
  });
});
