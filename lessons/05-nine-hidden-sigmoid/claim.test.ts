import { beforeAll, describe, expect, test } from 'vitest';
import { count, expectInPages, median, runSeeds, type SeedRun, weightFigure } from '../claims.ts';

const here = new URL('.', import.meta.url);

/** ‖∂L/∂W₁‖ / ‖∂L/∂W₁₀‖ at step 1. */
const ratioOf = (run: SeedRun): number => weightFigure(run, run.first, 0) / weightFigure(run, run.first, -1);

describe('nine hidden sigmoid layers on XOR, seeds 0 to 19', () => {
  let runs: SeedRun[];
  beforeAll(async () => {
    runs = await runSeeds(new URL('train.ts', here));
  });

  test('the cost rounds to 0.6931 after 2,000 steps in every seed', async ({ annotate }) => {
    const stuck = count(runs, ({ last }) => last.step === 2_000 && last.loss.toFixed(4) === '0.6931');
    await annotate(`the cost is 0.6931 after 2,000 steps in ${stuck} of 20 seeds`, 'claim');
    expect(stuck).toBe(20);
    expectInPages(here, {
      en: `The cost is 0.6931 after 2,000 steps in ${stuck} of 20 seeds.`,
      ko: `2,000 스텝 뒤의 비용: 시드 20개 중 ${stuck}개에서 0.6931.`,
    });
  });

  test('no seed reaches accuracy 1, and most stand at one half', async ({ annotate }) => {
    const [solved, half] = [count(runs, (run) => run.accuracy === 1), count(runs, (run) => run.accuracy === 0.5)];
    await annotate(`accuracy 1 in ${solved} of 20 seeds, 0.5 in ${half}`, 'claim');
    expect(solved).toBe(0);
    expect(half).toBeGreaterThan(10);
    expectInPages(here, {
      en: `Accuracy 1 is reached in ${solved} of 20 seeds; ${half} stand at 0.5.`,
      ko: `정확도 1에 도달: 시드 20개 중 ${solved}개. 0.5에 머무름: ${half}개.`,
    });
  });

  test('the first layer gets less than a ten-thousandth of the gradient of the last, in the median', async ({
    annotate,
  }) => {
    const ratios = runs.map(ratioOf);
    const [middle, under] = [median(ratios), count(runs, (run) => ratioOf(run) < 1e-4)];
    await annotate(
      `‖∂L/∂W₁‖ / ‖∂L/∂W₁₀‖ at step 1: median ${middle.toExponential(1)}, under 1e-4 in ${under} of 20 seeds`,
      'claim',
    );
    expect(middle).toBeLessThan(1e-4);
    expectInPages(here, {
      en: `At step 1 the median of ‖∂L/∂W₁‖ / ‖∂L/∂W₁₀‖ is ${middle.toExponential(1)}; it is under 1e-4 in ${under} of 20 seeds.`,
      ko: `스텝 1에서 ‖∂L/∂W₁‖ / ‖∂L/∂W₁₀‖의 중앙값은 ${middle.toExponential(1)}. 1e-4보다 작은 시드: 20개 중 ${under}개.`,
    });
  });

  test('the nine hidden Linears share one expression, and the output Linear has its own line', () => {
    for (const { layers } of runs) {
      const lines = layers.filter(({ kind }) => kind === 'Linear').map(({ at }) => at?.start.line);
      expect(new Set(lines.slice(0, 9)).size).toBe(1);
      expect(lines).toHaveLength(10);
      expect(lines[9]).not.toBe(lines[0]);
    }
  });
});
