import { addEvent, emptyState } from '@backflow/trace';
import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { findNets } from '../../src/nets/find-nets.ts';
import { stepsOf } from '../../src/nets/steps-of.ts';
import { anyFigure, anyRun } from '../arbitraries.ts';
import { layersOf } from '../stories.ts';

test.prop([anyRun(anyFigure)])(
  'every layer is in one net, and a step belongs to one net at most',
  ({ layers, steps }) => {
    const nets = findNets(layers, steps);
    expect(nets.flatMap((net) => net.layers.map(({ id }) => id)).toSorted((a, b) => a - b)).toEqual(
      layers.map(({ id }) => id),
    );
    expect(nets.flatMap((net) => net.steps).length).toBe(
      steps.filter(({ gradients }) => Object.keys(gradients).length > 0).length,
    );
  },
);

test('two models trained one after the other are two nets', () => {
  const layers = layersOf('ReLU').slice(0, 5);
  const steps = [
    { type: 'step', step: 1, loss: 1, gradients: { 1: 1, 2: 1 } },
    { type: 'step', step: 2, loss: 1, gradients: { 3: 1, 4: 1 } },
    { type: 'step', step: 3, loss: 1, gradients: { 4: 1, 5: 1 } },
  ] as const;
  const nets = findNets(layers, steps);
  expect(nets.map((net) => net.layers.map(({ id }) => id))).toEqual([
    [2, 1],
    [5, 4, 3],
  ]);
  expect(nets.map((net) => net.steps.map(({ step }) => step))).toEqual([[1], [2, 3]]);
});

test('a live step counts until the schedule has caught up with it', () => {
  const step = (number: number) => ({ type: 'step', step: number, loss: 1, gradients: {} }) as const;
  const before = addEvent(emptyState(), step(1));
  const live = addEvent(before, { ...step(7), live: true });
  expect(stepsOf(live).map((each) => each.step)).toEqual([1, 7]);
  expect(stepsOf(addEvent(live, step(8))).map((each) => each.step)).toEqual([1, 8]);
});
