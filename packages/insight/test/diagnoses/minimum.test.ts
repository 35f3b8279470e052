import type { StepEvent } from '@backflow/trace';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnoses/diagnose.ts';
import { flowSites } from '../../src/flows/flow-sites.ts';
import { layersOf } from '../stories.ts';

describe('minimum', () => {
  const one = layersOf('Sigmoid').slice(0, 2);
  /** A gradient that comes down to 0 by so much a step, while the loss settles. */
  const settling = (factor: number, loss = Math.LN2): StepEvent[] =>
    Array.from({ length: 200 }, (_, i) => {
      const figure = i < 100 ? factor ** i : 0;
      return { type: 'step', step: i + 1, loss: loss * (1 + figure), gradients: { 1: figure, 2: 0.5 } };
    });

  test('a gradient that came down to 0 by and by is not dead, and one layer alone is told to get a hidden one', () => {
    expect(diagnose(one, settling(0.8))).toMatchObject([
      {
        code: 'minimum',
        severity: 'info',
        message:
          'The net is at a minimum: its gradient came down to exactly 0 since step 101, where the loss is 0.6931. ' +
          'It cannot get better by small steps.',
        advice: [expect.stringContaining('Add a hidden layer')],
      },
    ]);
  });

  test('one that fell to 0 at once is dead', () => {
    expect(diagnose(one, settling(0.95))[0]).toMatchObject({ code: 'dead' });
  });

  test('a loss that is down to half or less needs no advice', () => {
    const steps = settling(0.8, 0.1);
    expect(diagnose(one, [{ ...steps[0]!, loss: 1 }, ...steps.slice(1)])).toMatchObject([
      { code: 'minimum', advice: [] },
    ]);
  });

  test('the layer that came to rest is not marked dead in the source', () => {
    expect(flowSites(one, settling(0.8)).map(({ word }) => word)).not.toContain('dead');
    expect(flowSites(one, settling(0.95)).map(({ word }) => word)).toContain('dead');
  });
});
