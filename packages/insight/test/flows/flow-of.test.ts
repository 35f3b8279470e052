import { addEvent, emptyState, type TraceState } from '@backflow/trace';
import { describe, expect, test } from 'vitest';
import { flowOf } from '../../src/flows/flow-of.ts';
import { layersOf, STARVED } from '../stories.ts';

const starving: TraceState = [
  { type: 'run-start', file: 'train.ts', hash: 'b5', seed: 0, settings: {} } as const,
  ...layersOf('Sigmoid'),
  ...STARVED,
].reduce(addEvent, emptyState());

describe('the flow of a run that starves', () => {
  test('is that of its newest step while it goes on, and nothing is said yet', () => {
    const { steps, diagnoses } = flowOf(starving, false);
    expect(steps.at(-1)).toBe(STARVED.at(-1));
    expect(diagnoses).toEqual([]);
  });

  test('is at its end that of the step which its diagnosis names', () => {
    const { steps, sites, diagnoses } = flowOf(starving, true);
    expect(diagnoses[0]).toMatchObject({ code: 'vanishing', step: 1 });
    expect(steps).toEqual([STARVED[0]]);
    expect(sites[0]?.word).toBe('vanishing');
  });

  test('of a run that told nothing has nothing to show', () => {
    expect(flowOf(emptyState(), true)).toEqual({ layers: [], steps: [], sites: [], diagnoses: [] });
  });
});
