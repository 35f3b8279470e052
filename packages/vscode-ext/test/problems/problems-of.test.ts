import type { DiagnosisEvent, ErrorEvent } from '@backflow/trace';
import { expect, test } from 'vitest';
import { problemsOf } from '../../src/problems/problems-of.ts';
import { EVENTS, rangeOf, stateOf, TEXT } from '../story.ts';

const at = rangeOf(TEXT, 'train(first, pair)');
const failed: ErrorEvent = { type: 'error', phase: 'throw', name: 'ShapeError', message: 'no', step: 1_731, at };
const diagnosis: DiagnosisEvent = {
  type: 'diagnosis',
  code: 'vanishing',
  severity: 'warning',
  message: 'The gradient vanishes.',
  advice: ['Try ReLU.', 'Use fewer layers.'],
  layers: [1],
  at,
};

test('an error stands at its place, with the step that was under way', () => {
  const [problem] = problemsOf(stateOf([...EVENTS, failed]), []);
  expect(problem).toEqual({ at, severity: 'error', code: 'throw', message: 'ShapeError in step 1,731: no' });
});

test('a file that is no program failed in no step', () => {
  const [problem] = problemsOf(stateOf([...EVENTS, { ...failed, phase: 'syntax', name: 'SyntaxError' }]), []);
  expect(problem?.message).toBe('SyntaxError: no');
});

test('an error that nobody can place stands at the start of the training file', () => {
  const { at: _, ...placeless } = failed;
  const [problem] = problemsOf(stateOf([...EVENTS, placeless]), []);
  expect(problem?.at).toMatchObject({ file: 'train.ts', start: { line: 1, column: 1 } });
});

test('a diagnosis stands at its place with what to try; one of the whole net is left to the words', () => {
  const { at: _, ...placeless } = diagnosis;
  expect(problemsOf(stateOf(EVENTS), [diagnosis, placeless])).toEqual([
    {
      at,
      severity: 'warning',
      code: 'vanishing',
      message: 'The gradient vanishes.\n→ Try ReLU.\n→ Use fewer layers.',
    },
  ]);
});
