import type { DiagnosisEvent, StepEvent } from '@backflow/trace';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { diagnose } from '../../src/diagnoses/diagnose.ts';
import { DIVERGING_FACTOR } from '../../src/diagnoses/diverging.ts';
import { PLATEAU_STEPS } from '../../src/diagnoses/plateau.ts';
import { EXPLODING_RATIO, VANISHING_RATIO } from '../../src/nets/compare.ts';
import { anyFigure, anyRun, ordinaryFigure } from '../arbitraries.ts';
import { DIED, HALF_DEAD, LEARNED, layersOf, STARVED, stepOf } from '../stories.ts';

const codes = (found: readonly DiagnosisEvent[]): string[] => found.map(({ code }) => code);
const sigmoids = layersOf('Sigmoid');
const relus = layersOf('ReLU');
const same = (figure: number): number[] => Array<number>(10).fill(figure);
/** Ten figures from the loss back, each `factor` times the one before. */
const powers = (factor: number, from = 1): number[] => Array.from({ length: 10 }, (_, i) => from * factor ** i);

describe('for any run', () => {
  test.prop([anyRun(anyFigure)])('each diagnosis is whole sentences without a hole', ({ layers, steps }) => {
    for (const { message, advice } of diagnose(layers, steps)) {
      for (const text of [message, ...advice]) {
        expect(text).not.toMatch(/undefined|null|Infinity| {2}|\.\./);
        expect(text).toMatch(/^\S.*\.$/s);
      }
    }
  });

  test.prop([anyRun(anyFigure)])('each speaks of layers and of a step that the run has', ({ layers, steps }) => {
    for (const diagnosis of diagnose(layers, steps)) {
      expect(layers.map(({ id }) => id)).toEqual(expect.arrayContaining([...diagnosis.layers]));
      expect(steps.map(({ step }) => step)).toContain(diagnosis.step);
    }
  });

  test.prop([anyRun(ordinaryFigure), fc.integer({ min: -20, max: 20 })])(
    'gradients multiplied by a constant get the same diagnoses',
    ({ layers, steps }, power) => {
      const scaled = steps.map((step) => ({
        ...step,
        gradients: Object.fromEntries(Object.entries(step.gradients).map(([id, figure]) => [id, figure * 2 ** power])),
      }));
      expect(codes(diagnose(layers, scaled))).toEqual(codes(diagnose(layers, steps)));
    },
  );

  test.prop([anyRun(anyFigure)])('a defect and a clean bill of health exclude each other', ({ layers, steps }) => {
    const found = codes(diagnose(layers.slice(0, 1), steps));
    if (found.includes('healthy') || found.includes('course')) expect(found).toHaveLength(1);
  });
});

describe('nine hidden sigmoids', () => {
  test('the gradient vanishes, and the loss stands at ln 2', () => {
    expect(diagnose(sigmoids, STARVED).map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "vanishing: The gradient vanishes on its way back: at step 1 ∂L/∂weight is 1.2e-1 at Linear(5→1) "layers.18" (line 4) and 1.4e-6 at Linear(2→5) "layers.0" (line 3), 5 orders of magnitude less. 9 Sigmoid layers stand between; each passes on at most a quarter of the gradient (σ′ ≤ 1/4): together they let at most 3.8e-6 of it through, before weights multiply it.",
        "plateau: The loss is stuck: it stays within 1 % of 0.6931 since step 16 at the latest. That is as good as guessing one of two classes: 0.6931 = ln 2 is the binary cross-entropy of the answer p = 0.5 for every row.",
      ]
    `);
  });

  test("it points at the starved layers and at the first one's line", () => {
    const [vanishing] = diagnose(sigmoids, STARVED);
    expect(vanishing).toMatchObject({ severity: 'warning', step: 1, at: sigmoids[0]?.at });
    expect(vanishing?.layers).toEqual(Array.from({ length: 19 }, (_, i) => 19 - i));
    expect(vanishing?.advice[0]).toContain('ReLU');
    expect(vanishing?.advice.join()).not.toContain('xavier');
  });

  test('between two activations stand those that the gradient goes through, the farther one not among them', () => {
    const [vanishing] = diagnose(sigmoids, STARVED.slice(1));
    expect(vanishing?.message).toContain(
      '∂L/∂output is 2.8e-1 at Sigmoid "layers.17" (line 3) and 1.7e-5 at Sigmoid "layers.1"',
    );
    expect(vanishing?.message).toContain('8 Sigmoid layers stand between');
    expect(vanishing?.message).toContain('at most 1.5e-5 of it through');
  });

  test('the cause of a plateau is named before its own advice', () => {
    expect(diagnose(sigmoids, STARVED)[1]?.advice).toEqual([
      'First cure what keeps the gradient from the layers: the loss cannot move without it.',
    ]);
  });
});

describe('ReLU inside', () => {
  test('a net that learns gets a true word too', () => {
    expect(diagnose(relus, LEARNED).map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "healthy: The loss fell from 0.7038 to 0.0011 in 2,000 steps, and the gradient reaches the first layer: it is 1.3e-4 at Linear(2→5) "layers.0" (line 3) and 1.9e-3 at Linear(5→1) "layers.18" (line 4), within 2 orders of magnitude.",
      ]
    `);
  });

  test('a net that dies is told which ReLU stopped the gradient and since when', () => {
    expect(diagnose(relus, DIED).map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "dead: ReLU "layers.15" (line 3) stops the gradient: 1.4e-1 reaches it and exactly 0 gets through, so the 8 layers with weights before it learned nothing since step 512 at the latest. Every unit of it that the gradient reaches is switched off for every row of the batch.",
        "plateau: The loss is stuck: it stays within 1 % of 0.6931 since step 1. That is as good as guessing one of two classes: 0.6931 = ln 2 is the binary cross-entropy of the answer p = 0.5 for every row.",
      ]
    `);
    expect(diagnose(relus, DIED)[0]).toMatchObject({ step: 512, at: relus[15]?.at });
  });

  test('a net that is dead only in its first layers is told so', () => {
    expect(diagnose(relus, HALF_DEAD).map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "dead: ReLU "layers.3" (line 3) stops the gradient: 7.1e-5 reaches it and exactly 0 gets through, so the 2 layers with weights before it learned nothing since step 256 at the latest. Every unit of it that the gradient reaches is switched off for every row of the batch.",
        "plateau: The loss is stuck: it stays within 1 % of 0.4774 since step 256 at the latest.",
      ]
    `);
  });

  test('dead since the step after the last that was not', () => {
    const steps = [
      stepOf(1, 1, same(1), same(1)),
      stepOf(7, 1, same(1), same(1)),
      stepOf(8, 1, same(0), [1, ...same(0).slice(1)]),
    ];
    expect(diagnose(relus, steps)[0]?.message).toContain('since step 8:');
  });
});

describe('vanishing and exploding', () => {
  test.prop([fc.double({ min: 1e-4, max: 1e4, noNaN: true, noDefaultInfinity: true })])(
    'each is found from its threshold on and not before',
    (factor) => {
      const ratio = 10 * factor ** 9;
      const found = codes(diagnose(relus, [stepOf(1, 1, [1, ...powers(factor, 10 * factor).slice(0, 9)], same(1))]));
      expect(found.includes('vanishing')).toBe(ratio <= VANISHING_RATIO);
      // Exploding must show in ∂L/∂output too.
      expect(found).not.toContain('exploding');
    },
  );

  test.prop([fc.double({ min: 1, max: 1e4, noNaN: true })])(
    'exploding shows in weights and outputs alike',
    (factor) => {
      const growing = [1, ...powers(factor).slice(0, 9)];
      const found = codes(diagnose(relus, [stepOf(1, 1, growing, growing)]));
      expect(found.includes('exploding')).toBe(factor ** 8 >= EXPLODING_RATIO);
    },
  );

  test('a net that learned in spite of its start is not warned about the start', () => {
    const thin = powers(1e-1);
    expect(codes(diagnose(sigmoids, [stepOf(1, 1, thin, thin), stepOf(2, 0.4, same(1), same(1))]))).toEqual([
      'healthy',
    ]);
    expect(codes(diagnose(sigmoids, [stepOf(1, 1, thin, thin), stepOf(2, 0.6, same(1), same(1))]))).toEqual([
      'vanishing',
    ]);
  });

  test('outputs after the last weights do not count: there loss and gate cancel', () => {
    expect(
      codes(diagnose(relus, [stepOf(1, 1, same(1), same(1)), stepOf(2, 0.1, same(1), [1e6, ...same(1).slice(1)])])),
    ).toEqual(['healthy']);
  });

  test('an activation that is not known is not blamed', () => {
    const strange = sigmoids.map((layer) => (layer.kind === 'Sigmoid' ? { ...layer, kind: 'constructor' } : layer));
    const [vanishing] = diagnose(strange, STARVED);
    expect(vanishing?.message).toMatch(/less\.$/);
    expect(vanishing?.advice).not.toHaveLength(0);
  });
});

describe('non-finite', () => {
  test('a loss that is not a number is told with the last one that was', () => {
    const steps = [stepOf(1, 0.9, same(1), same(1)), stepOf(2, Number.NaN, same(Number.NaN), same(Number.NaN))];
    expect(diagnose(relus, steps).map(({ code, severity, message }) => [code, severity, message])).toEqual([
      [
        'non-finite',
        'error',
        'The forward pass broke at step 2: the loss is NaN. Every gradient is computed from the loss, so none says ' +
          'which layer began it. At step 1 the loss was still 0.9000.',
      ],
    ]);
    expect(diagnose(relus, steps)[0]?.advice[0]).toContain('Lower the learning rate');
  });

  test('a loss that is not a number at step 1 blames neither a layer nor the learning rate, which did nothing yet', () => {
    const [found] = diagnose(relus, [stepOf(1, Number.NaN, same(Number.NaN), same(Number.NaN))]);
    expect(found?.message).toBe(
      'The forward pass broke at step 1: the loss is NaN. Every gradient is computed from the loss, so none says ' +
        'which layer began it.',
    );
    expect(found).not.toHaveProperty('at');
    expect(found?.advice.join()).not.toContain('learning rate');
    expect(found?.advice).not.toHaveLength(0);
  });

  test('a gradient that breaks on its way back is told with the layer where it does', () => {
    const broken = [...same(1).slice(0, 6), Infinity, Infinity, Number.NaN, Number.NaN];
    const [found] = diagnose(relus, [stepOf(1, 0.9, broken, same(1))]);
    expect(found?.message).toBe(
      'The backward pass broke at step 1: the loss is 0.9000, but the gradient is ∞ at Linear(5→5) "layers.6" (line 3), ' +
        'the first layer on the way back where it is not finite.',
    );
    expect(found?.layers).toEqual([7, 5, 3, 1]);
  });
});

describe('diverging', () => {
  const losses = (...all: readonly number[]): StepEvent[] =>
    all.map((loss, i) => stepOf(i + 1, loss, powers(0.1), powers(0.1)));

  test('a loss that grows out of hand is told to lower the learning rate, and what it does to the gradient is no news', () => {
    const found = diagnose(relus, losses(63.275, 900, 2e4, 3e5, 6.1e36));
    expect(found.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      [
        'diverging',
        'warning',
        'The run diverges: the loss grew from 63.275 to 6.1e36 in 5 steps, and is more than 10 times the first since step 2.',
      ],
    ]);
    expect(found[0]?.advice[0]).toContain('Lower the learning rate');
  });

  test.prop([fc.double({ min: 1, max: 100, noNaN: true }), fc.double({ min: 1e-6, max: 1e6, noNaN: true })])(
    'is called above its factor and not below, at any size of the loss',
    (factor, first) => {
      const found = codes(diagnose(relus, losses(first, ...Array<number>(9).fill(factor * first))));
      expect(found.includes('diverging')).toBe(factor * first > DIVERGING_FACTOR * first);
    },
  );

  test('one unlucky batch at the end, and a loss that comes back, are not called so', () => {
    expect(codes(diagnose(relus, losses(1, 1, 1, 1, 1, 1, 1, 1, 1, 90)))).not.toContain('diverging');
    expect(codes(diagnose(relus, losses(1, 90, 90, 90, 90, 90, 90, 90, 90, 1)))).not.toContain('diverging');
  });
});

describe('course', () => {
  const advice = (last: number): readonly string[] | undefined =>
    diagnose(relus, [stepOf(1, 1, same(1), same(1)), stepOf(2, last, same(1), same(1))], 'done')[0]?.advice;

  test('more steps or a higher learning rate are for a loss that fell, a lower one for a loss that rose', () => {
    expect(advice(0.9)).toEqual(['Give it more steps, or try a higher learning rate.']);
    expect(advice(1.1)).toEqual(['Try a lower learning rate.']);
    expect(advice(1)).toEqual([]);
  });

  test.each([undefined, 'stopped', 'time-budget', 'memory-budget', 'error', 'crashed'] as const)(
    'a run that did not end by itself gets no advice on its course: %s',
    (reason) => {
      const steps = [stepOf(1, 1, same(1), same(1)), stepOf(2, 0.9, same(1), same(1))];
      expect(diagnose(relus, steps, reason)).toMatchObject([{ code: 'course', advice: [] }]);
    },
  );

  const wordsFor = (ratio: number): string =>
    diagnose(relus, [stepOf(1, 1, [1, ...same(ratio).slice(1)], same(1))])[0]?.message ?? '';

  test.prop([fc.double({ min: -3.5, max: 3.5, noNaN: true })])('its orders of magnitude bound the ratio', (power) => {
    const ratio = 10 ** power;
    const [, orders = '0.5'] = /within (\d+) orders? of magnitude/.exec(wordsFor(ratio)) ?? [];
    expect(Math.abs(power)).toBeLessThanOrEqual(Number(orders) + 1e-9);
    expect(Math.abs(power)).toBeGreaterThan(Number(orders) - 1 - 1e-9);
  });

  test('up to a factor of three two gradients are about as much', () => {
    for (const ratio of [3.1, 1 / 3.1]) expect(wordsFor(ratio)).toContain('about as much');
    for (const ratio of [3.2, 1 / 3.2]) expect(wordsFor(ratio)).toContain('within 1 order of magnitude');
  });
});

describe('plateau', () => {
  const still = (loss: number, until: number): StepEvent[] =>
    [1, until / 4, until].map((step) =>
      stepOf(step, step === 1 ? 2 * loss : loss * (1 + 1e-3 / step), same(1), same(1)),
    );

  test('is not called before enough steps', () => {
    expect(codes(diagnose(relus, still(0.5, PLATEAU_STEPS)))).toEqual(['plateau']);
    expect(codes(diagnose(relus, still(0.5, PLATEAU_STEPS - 4)))).toEqual(['course']);
  });

  test('a loss that is down to less than half is no plateau, unless it stands at ln 2', () => {
    const fallen = (loss: number): StepEvent[] => [stepOf(1, 9, same(1), same(1)), ...still(loss, 400).slice(1)];
    expect(codes(diagnose(relus, fallen(0.5)))).toEqual(['healthy']);
    expect(diagnose(relus, fallen(Math.LN2))[0]?.message).toMatch(/guessing one of two classes: 0\.6931 = ln 2/);
  });

  test('a loss that stood still for less than half of the run is no plateau', () => {
    const steps = [1, 100, 600, 1000].map((step) => stepOf(step, step < 600 ? 0.9 : 0.6, same(1), same(1)));
    expect(codes(diagnose(relus, steps))).toEqual(['course']);
  });

  test('one layer alone is told to get a hidden one', () => {
    const [found] = diagnose(relus.slice(0, 2), still(Math.LN2, 400));
    expect(found?.code).toBe('plateau');
    expect(found?.advice[0]).toContain('hidden layer');
  });
});

test('a loss below 0 is never called learned by its half', () => {
  expect(codes(diagnose(relus, [stepOf(1, -1, same(1), same(1)), stepOf(2, -0.9, same(1), same(1))]))).toEqual([
    'course',
  ]);
});

test('two nets get a diagnosis each', () => {
  const steps: StepEvent[] = [
    { type: 'step', step: 1, loss: 1, gradients: { 1: 0 } },
    { type: 'step', step: 2, loss: 1, gradients: { 3: 1 } },
  ];
  expect(codes(diagnose(relus.slice(0, 3), steps))).toEqual(['dead', 'course']);
});
