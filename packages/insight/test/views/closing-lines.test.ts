import type { ErrorEvent } from '@backflow/trace';
import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { diagnose } from '../../src/diagnoses/diagnose.ts';
import { closingLines } from '../../src/views/closing-lines.ts';
import { plainText } from '../../src/views/line.ts';
import { measureWidth } from '../../src/views/text-width.ts';
import { anyFigure, anyRun } from '../arbitraries.ts';
import { DIED, layersOf } from '../stories.ts';

test('the words at the end of a run that died', () => {
  const lines = closingLines({
    steps: DIED,
    diagnoses: diagnose(layersOf('ReLU'), DIED),
    end: { type: 'run-end', reason: 'done', steps: 2000, elapsedMs: 640 },
    width: 80,
  });
  expect(`\n${plainText(lines)}\n`).toMatchInlineSnapshot(`
    "
    Done: 2,000 steps in 0.6 s · loss 0.6986 → 0.6931

    ReLU "layers.15" (line 3) stops the gradient: 1.4e-1 reaches it and exactly 0
    gets through, so the 8 layers with weights before it learned nothing since step
    512 at the latest. Every unit of it that the gradient reaches is switched off
    for every row of the batch.
      → Lower the learning rate, so that one large step cannot throw the weights
        that far.
      → Use \`new LeakyReLU()\`: it passes a little on even where its input is below
        0, so no unit is lost for good.
      → Initialise the weights with \`init.kaimingUniform_\` (He et al. 2015): their
        size suits ReLU.
      → Make the layers wider: the more units, the less likely it is that all are
        off at once.

    The loss is stuck: it stays within 1 % of 0.6931 since step 1. That is as good
    as guessing one of two classes: 0.6931 = ln 2 is the binary cross-entropy of the
    answer p = 0.5 for every row.
      → First cure what keeps the gradient from the layers: the loss cannot move
        without it.
    "
  `);
});

test('a run that failed says where, and what it reached before', () => {
  const lines = closingLines({
    steps: DIED.slice(0, 1),
    diagnoses: [],
    error: {
      type: 'error',
      phase: 'throw',
      name: 'TypeError',
      message: 'x is not a function',
      step: 2,
      at: { file: 'train.ts', hash: 'b5', start: { line: 7, column: 3 }, end: { line: 7, column: 4 } },
    },
    end: { type: 'run-end', reason: 'error', steps: 1 },
  });
  expect(plainText(lines)).toBe(
    'Failed: 1 step · loss 0.6986 → 0.6986\nTypeError in step 2 at train.ts:7:3: x is not a function',
  );
});

test('a file that is no program failed in no step', () => {
  const position = { line: 3, column: 1 };
  const at = { file: 'a.ts', hash: 'b5', start: position, end: position };
  const error = { type: 'error', phase: 'syntax', name: 'syntax', message: 'Unexpected token', step: 1 } as const;
  const show = (about: ErrorEvent): string => plainText(closingLines({ steps: [], diagnoses: [], error: about }));
  expect(show(error)).toBe('Cut off: 0 steps\nUnexpected token');
  expect(show({ ...error, at })).toBe('Cut off: 0 steps\na.ts:3:1: Unexpected token');
  expect(show({ ...error, phase: 'import', at })).toBe('Cut off: 0 steps\na.ts:3:1: Unexpected token');
});

test('what ended a run from outside is said without a code', () => {
  const error = { type: 'error', phase: 'killed', name: 'time-budget', message: 'The time is up.', step: 9 } as const;
  expect(plainText(closingLines({ steps: [], diagnoses: [], error }))).toBe('Cut off: 0 steps\nThe time is up.');
});

test('a trace without an end was cut off', () => {
  expect(plainText(closingLines({ steps: [], diagnoses: [] }))).toBe('Cut off: 0 steps');
});

test.prop([anyRun(anyFigure)])('the words fit the width', ({ layers, steps }) => {
  for (const line of closingLines({ steps, diagnoses: diagnose(layers, steps), width: 60 }))
    expect(measureWidth(plainText([line]))).toBeLessThanOrEqual(60);
});
