import type { LayerEvent, StepEvent } from '@backflow/trace';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type FlowSite, flowSites } from '../../src/flows/flow-sites.ts';
import { FULL_LEVEL } from '../../src/flows/level.ts';
import { VANISHING_RATIO } from '../../src/nets/compare.ts';
import { findNets } from '../../src/nets/find-nets.ts';
import { findRest } from '../../src/nets/find-rest.ts';
import { anyFigure, anyRun, ordinaryFigure } from '../arbitraries.ts';
import { DIED, HALF_DEAD, LEARNED, layersOf, STARVED, stepOf } from '../stories.ts';

const show = (sites: readonly FlowSite[]): string[] => sites.map(({ bars, text }) => `${bars} ${text}`);

/** The same steps with every figure multiplied; by a power of two, so that no ratio changes by a bit. */
function scale(steps: readonly StepEvent[], factor: number): StepEvent[] {
  return steps.map((step) => ({
    ...step,
    gradients: Object.fromEntries(Object.entries(step.gradients).map(([id, figure]) => [id, figure * factor])),
  }));
}

describe('for any run', () => {
  test.prop([anyRun(anyFigure)])('the sites are a partition of the layers', ({ layers, steps }) => {
    const ids = flowSites(layers, steps).flatMap((site) => site.layers.map(({ id }) => id));
    expect(ids.toSorted((a, b) => a - b)).toEqual(layers.map(({ id }) => id));
  });

  test.prop([anyRun(anyFigure)])(
    'layers share a site exactly if they share expression and kind of figure',
    ({ layers, steps }) => {
      const keys = flowSites(layers, steps).map((site) =>
        site.layers.map(({ at, figure }) => JSON.stringify([at, figure])),
      );
      expect(keys.every((key) => new Set(key).size === 1)).toBe(true);
      expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length);
    },
  );

  test.prop([anyRun(anyFigure)])('figures, levels and bars run parallel to the layers', ({ layers, steps }) => {
    for (const site of flowSites(layers, steps)) {
      expect([site.figures.length, site.levels.length, [...site.bars].length]).toEqual(
        Array(3).fill(site.layers.length),
      );
    }
  });

  test.prop([anyRun(anyFigure)])(
    'the text says a word for what it shows and nothing undefined',
    ({ layers, steps }) => {
      const nets = findNets(layers, steps);
      for (const { text, figures, word, layers: own } of flowSites(layers, steps)) {
        const isAtRest = (layer: LayerEvent): boolean =>
          nets.some((net) => net.layers.includes(layer) && findRest(net) !== undefined);
        const known = figures.filter((figure) => figure !== undefined);
        expect(text).not.toMatch(/undefined|Infinity| $/);
        expect(text === '').toBe(known.length === 0);
        expect(text).toContain(word);
        if (known.some(Number.isNaN)) expect(word).toBe('NaN');
        else if (known.includes(Infinity)) expect(word).toBe('∞');
        else expect(word === 'dead').toBe(own.some((layer, i) => figures[i] === 0 && !isAtRest(layer)));
      }
    },
  );

  test.prop([anyRun(ordinaryFigure), fc.integer({ min: -20, max: 20 })])(
    'multiplying all figures by a constant changes no word',
    ({ layers, steps }, power) => {
      const words = (run: readonly StepEvent[]): string[] => flowSites(layers, run).map(({ word }) => word);
      expect(words(scale(steps, 2 ** power))).toEqual(words(steps));
    },
  );

  test.prop([anyRun(ordinaryFigure)])(
    'some bar is full as soon as some figure of the last step is not 0',
    ({ layers, steps }) => {
      const sites = flowSites(layers, steps.slice(-1));
      const figures = sites.flatMap((site) => site.figures);
      if (figures.some((figure) => figure !== undefined && figure > 0))
        expect(Math.max(...sites.flatMap(({ levels }) => levels))).toBe(FULL_LEVEL);
    },
  );
});

describe('the words that a learner reads', () => {
  test('nine hidden sigmoids starve the first layer', () => {
    expect(show(flowSites(layersOf('Sigmoid'), STARVED.slice(0, 1)))).toEqual([
      '▆▆▅▅▄▃▃▂▂ ∂ 3.5e-2 → 1.4e-6 vanishing',
      '▇▇▆▆▅▄▄▃▃ ∂y 3.1e-1 → 1.7e-5 vanishing',
      '▇ ∂ 1.2e-1',
      '█ ∂y 1.1e0',
    ]);
  });

  test('on the plateau, where the rows cancel alike in all weights, the bars are low and the word stays', () => {
    expect(show(flowSites(layersOf('Sigmoid'), STARVED))).toEqual([
      '▁▁▁▁▁▁▁▁▁ ∂ 1.1e-7 → 3.3e-7 vanishing',
      '▇▇▆▆▅▄▄▃▃ ∂y 2.8e-1 → 1.7e-5 vanishing',
      '▁ ∂ 9.2e-8',
      '█ ∂y 1.0e0',
    ]);
  });

  test('a net that has learned needs no word', () => {
    expect(show(flowSites(layersOf('ReLU'), LEARNED))).toEqual([
      '▅▅▄▄▄▅▅▅▅ ∂ 6.7e-4 → 1.3e-4',
      '▆▆▅▅▅▅▅▅▅ ∂y 3.2e-3 → 3.6e-4',
      '▆ ∂ 1.9e-3',
      '█ ∂y 5.0e-1',
    ]);
  });

  test('a dead layer keeps its place in the row', () => {
    expect(show(flowSites(layersOf('ReLU'), DIED))[1]).toBe('▇▇······· ∂y 3.3e-1 → 0 dead');
    expect(show(flowSites(layersOf('ReLU'), HALF_DEAD))[0]).toBe('▅▅▅▅▄▄··· ∂ 1.8e-4 → 0 dead');
  });

  test.prop([fc.array(fc.integer({ min: -9, max: 1 }), { minLength: 10, maxLength: 10 })])(
    'vanishing stands where no layer farther from the loss gets more than that',
    (powers) => {
      const layers = layersOf('ReLU').filter(({ figure }) => figure === 'weight');
      const apart = layers.map(({ at, ...layer }) => ({ ...layer, ...(at && { at: { ...at, hash: layer.path } }) }));
      const figures = powers.map((power) => 10 ** power);
      const words = flowSites(apart, [stepOf(1, 1, figures, [])]).map(({ word }) => word === 'vanishing');
      const isLow = figures.map((figure) => figure / (figures[0] ?? 0) <= VANISHING_RATIO);
      expect(words.toReversed()).toEqual(isLow.map((_, i) => isLow.slice(i).every(Boolean)));
    },
  );

  test('a gradient that grows on its way back explodes', () => {
    const powers = (from: number): number[] => Array.from({ length: 10 }, (_, i) => 10 ** (i + from));
    const [hidden, activations, last] = flowSites(layersOf('ReLU'), [stepOf(1, 1, powers(-2), powers(-1))]);
    expect(hidden?.text).toBe('∂ 1.0e-1 → 1.0e7 exploding');
    expect(activations?.word).toBe('exploding');
    expect(last?.word).toBe('');
  });

  test('of models made by one expression the last made comes first', () => {
    const layers = layersOf('ReLU')
      .slice(0, 3)
      .filter(({ figure }) => figure === 'weight');
    const steps = [1, 3].map((id): StepEvent => ({ type: 'step', step: id, loss: 1, gradients: { [id]: id } }));
    expect(flowSites(layers, steps)[0]?.text).toBe('∂ 3.0e0 → 1.0e0');
  });

  test('before the first step a site says nothing', () => {
    const [hidden] = flowSites(layersOf('ReLU'), []);
    expect(hidden?.text).toBe('');
    expect(hidden?.figures).toEqual(Array(9).fill(undefined));
  });

  test('NaN and ∞ are said once', () => {
    const [first, activation] = flowSites(layersOf('ReLU'), [stepOf(1, 1, [Number.NaN], [Infinity])]);
    expect([first?.text, activation?.text]).toEqual(['∂ NaN', '∂y ∞']);
  });
});

describe('the scale', () => {
  const layers = layersOf('ReLU');
  const largest = (step: number, size: number): StepEvent =>
    stepOf(step, 1, Array(10).fill(size), Array(10).fill(size));

  test('one step with a small gradient lowers its own bars and not the scale', () => {
    const levels = flowSites(layers, [largest(90, 1), largest(100, 1e-2)]).flatMap((site) => site.levels);
    expect(new Set(levels)).toEqual(new Set([FULL_LEVEL - 2]));
  });

  test('a gradient that stays small for a fifth of the run has the full bar again', () => {
    const levels = flowSites(layers, [largest(79, 1), largest(100, 1e-2)]).flatMap((site) => site.levels);
    expect(new Set(levels)).toEqual(new Set([FULL_LEVEL]));
  });

  test('a layer that missed the last step keeps its newest figure', () => {
    const [site] = flowSites(layers.slice(0, 1), [largest(1, 3), { type: 'step', step: 2, loss: 1, gradients: {} }]);
    expect(site?.text).toBe('∂ 3.0e0');
  });
});
