import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { diagnose } from '../../src/diagnoses/diagnose.ts';
import { tellingStep } from '../../src/diagnoses/telling-step.ts';
import { layersOf, STARVED } from '../stories.ts';

describe('tellingStep', () => {
  test('a net that starved from the start is shown at step 1, as its diagnosis says, not on its plateau', () => {
    expect(tellingStep(STARVED, diagnose(layersOf('Sigmoid'), STARVED))?.step).toBe(1);
  });

  test('with nothing to warn of it is the newest step', () => {
    expect(tellingStep(STARVED, [])).toBe(STARVED.at(-1));
    expect(tellingStep([], [])).toBeUndefined();
  });

  test.prop([fc.nat(5), fc.constantFrom('info', 'warning', 'error')])(
    'it is always one of the steps',
    (step, severity) => {
      const about = { type: 'diagnosis', code: 'dead', message: '', advice: [], layers: [1], severity, step } as const;
      expect(STARVED).toContain(tellingStep(STARVED, [about]));
    },
  );
});
