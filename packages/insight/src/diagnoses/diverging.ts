import type { DiagnosisEvent } from '@backflow/trace';
import type { Net } from '../nets/find-nets.ts';
import { formatCount, formatLoss } from '../numbers/format.ts';
import { findSince, followLoss } from './loss-course.ts';

/** So many times the loss that untrained weights had: training made things worse, beyond what a batch does by chance. */
export const DIVERGING_FACTOR = 10;

/** It must have stood there for this part of the run: one unlucky batch at the end is no verdict. */
const DIVERGING_PART = 1 / 5;

const ADVICE: readonly string[] = [
  'Lower the learning rate, say to a tenth: a step too large overshoots, and the next one overshoots farther.',
  'Call `optimizer.zeroGrad()` before each `backward()`: without it gradients add up from step to step.',
  'Scale the inputs and the targets to about 1: the larger they are, the smaller a step must be.',
];

/** The loss grows out of hand, still finite. Not for a loss that began at or below 0: it has no size to compare with. */
export function diagnoseDiverging({ steps }: Net): DiagnosisEvent | undefined {
  const course = followLoss(steps);
  if (course === undefined || course.first.loss <= 0) return undefined;
  const { first, last } = course;
  const since = findSince(steps, ({ loss }) => loss > DIVERGING_FACTOR * first.loss);
  if (since === undefined || since.step.step > last.step * (1 - DIVERGING_PART)) return undefined;
  return {
    type: 'diagnosis',
    code: 'diverging',
    severity: 'warning',
    message:
      `The run diverges: the loss grew from ${formatLoss(first.loss)} to ${formatLoss(last.loss)} in ` +
      `${formatCount(last.step)} steps, and is more than ${DIVERGING_FACTOR} times the first ${since.words}.`,
    advice: ADVICE,
    layers: [],
    step: since.step.step,
  };
}
