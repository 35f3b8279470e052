import { beforeAll, describe, expect, test } from 'vitest';
import { count, expectInPages, median, runSeeds, type SeedRun, weightFigure } from '../claims.ts';

const here = new URL('.', import.meta.url);
const sigmoidFile = new URL('../05-nine-hidden-sigmoid/train.ts', here);
const cures = new URL('revive.ts', here);

const isSolved = (run: SeedRun): boolean => run.accuracy === 1;
/** All nine hidden layers get a gradient of exactly 0: nothing will ever move them again. */
const isDead = (run: SeedRun): boolean => weightFigure(run, run.last, 0) === 0;

describe('nine hidden ReLU layers on XOR, seeds 0 to 19', () => {
  let runs: SeedRun[];
  beforeAll(async () => {
    runs = await runSeeds(new URL('train.ts', here));
  });

  test('the first layer gets thousands of times the gradient that it gets through sigmoids', async ({ annotate }) => {
    const sigmoids = await runSeeds(sigmoidFile, { steps: 1 });
    const orders = (figure: (run: SeedRun) => number): number =>
      median(
        runs
          .filter((run) => weightFigure(run, run.first, 0) > 0)
          .map((run) => Math.log10(figure(run) / figure(sigmoids[run.seed] as SeedRun))),
      );
    const itself = orders((run) => weightFigure(run, run.first, 0));
    const share = orders((run) => weightFigure(run, run.first, 0) / weightFigure(run, run.first, -1));
    await annotate(
      `‖∂L/∂W₁‖ at step 1 is ${itself.toFixed(1)} orders of magnitude larger than with sigmoids, its ratio to ‖∂L/∂W₁₀‖ ${share.toFixed(1)}`,
      'claim',
    );
    expect(itself).toBeGreaterThan(3.5);
    expect(share).toBeGreaterThan(4.5);
    expect(share).toBeLessThan(6.5);
    expectInPages(here, {
      en: `At step 1 ‖∂L/∂W₁‖ is ${itself.toFixed(1)} orders of magnitude larger than with sigmoids, and its ratio to ‖∂L/∂W₁₀‖ ${share.toFixed(1)} orders (medians over the seeds that start alive).`,
      ko: `스텝 1에서 ‖∂L/∂W₁‖은 시그모이드일 때의 10^${itself.toFixed(1)}배, ‖∂L/∂W₁₀‖에 대한 비는 10^${share.toFixed(1)}배입니다(살아서 시작하는 시드들의 중앙값).`,
    });
  });

  test('a good part of the seeds reach accuracy 1', async ({ annotate }) => {
    const solved = count(runs, isSolved);
    await annotate(`accuracy 1 in ${solved} of 20 seeds`, 'claim');
    expect(solved).toBeGreaterThanOrEqual(7);
    expect(solved).toBeLessThan(20);
    expectInPages(here, {
      en: `Accuracy 1 is reached in ${solved} of 20 seeds; through sigmoids in none.`,
      ko: `시드 20개 중 ${solved}개가 정확도 1에 도달합니다. 시그모이드로는 하나도 없었습니다.`,
    });
  });

  test('the others have died: their first layer gets no gradient at all', async ({ annotate }) => {
    const failed = runs.filter((run) => !isSolved(run));
    const dead = count(failed, isDead);
    await annotate(`dead units stop the gradient in ${dead} of the ${failed.length} seeds that fail`, 'claim');
    expect(dead).toBeGreaterThan(failed.length / 2);
    expectInPages(here, {
      en: `Of the ${failed.length} seeds that fail, the first layer's gradient is exactly 0 in ${dead}: dead units.`,
      ko: `실패한 시드 ${failed.length}개 가운데 ${dead}개에서 첫 층의 기울기가 정확히 0입니다. 죽은 유닛입니다.`,
    });
  });

  test('wider layers and leaky ReLU revive them; He initialisation alone does not', async ({ annotate }) => {
    const solvedBy = async (cure: string): Promise<number> =>
      count(await runSeeds(cures, { settings: { cure } }), isSolved);
    const [wide, leaky, he] = [await solvedBy('wide'), await solvedBy('leaky'), await solvedBy('he')];
    await annotate(`accuracy 1: ten units a layer ${wide}, leaky ReLU ${leaky}, He ${he} of 20 seeds`, 'claim');
    expect(Math.min(wide, leaky)).toBeGreaterThan(count(runs, isSolved));
    expect(he).toBeLessThanOrEqual(count(runs, isSolved));
    expectInPages(
      here,
      {
        en: `Ten units a layer: accuracy 1 in ${wide} of 20 seeds.`,
        ko: `층마다 유닛 열 개: 시드 20개 중 ${wide}개가 정확도 1.`,
      },
      { en: `Leaky ReLU (slope 0.1): ${leaky} of 20.`, ko: `Leaky ReLU(기울기 0.1): 20개 중 ${leaky}개.` },
      {
        en: `He initialisation: ${he} of 20, no more than without it.`,
        ko: `He 초기화: 20개 중 ${he}개, 쓰지 않을 때보다 많지 않습니다.`,
      },
    );
  });
});
