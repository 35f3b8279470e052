import type { DiagnosisEvent } from '@backflow/trace';
import type { Net } from '../nets/find-nets.ts';
import { formatLoss } from '../numbers/format.ts';
import { findSince, followLoss } from './loss-course.ts';

/** A shorter run cannot be called stuck: most nets stand still for their first steps. */
export const PLATEAU_STEPS = 100;

/**
 * The loss stays within this share of where it stands. A net that learns, however slowly, halves its loss over a
 * run again and again; one that has given up on XOR moves by less than a thousandth, and minibatches add noise.
 */
export const PLATEAU_SHARE = 0.01;

/** It must have stood still for this part of the run. */
export const PLATEAU_PART: number = 1 / 2;

/** So near to ln 2, as a share of it, a stuck loss is a guess between two classes: it prints as 0.693 or 0.694. */
export const GUESS_SHARE = 1e-3;

const ADVICE: readonly string[] = [
  'Try a higher learning rate, or a lower one: stuck losses look alike.',
  'Start from other weights (another seed), or make the layers wider.',
  'Make sure that each row of the labels belongs to its row of the inputs.',
];
export const HIDDEN_LAYER: string =
  'Add a hidden layer with an activation: one layer alone can only draw a straight line between the classes.';
const GRADIENT_FIRST = 'First cure what keeps the gradient from the layers: the loss cannot move without it.';

/**
 * The loss stands still without having learned. Special words for ln 2 = −ln ½: what binary
 * cross-entropy gives the answer p = 0.5. The trace does not say which loss it is, so neither do the words.
 *
 * @param starved another diagnosis already says that no gradient arrives
 */
export function diagnosePlateau(net: Net, starved: boolean): DiagnosisEvent | undefined {
  const course = followLoss(net.steps);
  if (course === undefined || !Number.isFinite(course.last.loss)) return undefined;
  const { last, learned } = course;
  const isGuess = isGuessing(last.loss);
  if (last.step < PLATEAU_STEPS || last.loss === 0 || (learned && !isGuess)) return undefined;
  const since = findSince(net.steps, ({ loss }) => Math.abs(loss - last.loss) <= PLATEAU_SHARE * Math.abs(last.loss));
  if (since === undefined || since.step === last || since.step.step > last.step * (1 - PLATEAU_PART)) return undefined;
  return {
    type: 'diagnosis',
    code: 'plateau',
    severity: 'warning',
    message:
      `The loss is stuck: it stays within ${PLATEAU_SHARE * 100} % of ${formatLoss(last.loss)} ${since.words}.` +
      (isGuess
        ? ` That is as good as guessing one of two classes: ${formatLoss(Math.LN2)} = ln 2 is the binary cross-entropy of ` +
          'the answer p = 0.5 for every row.'
        : ''),
    advice: adviceFor(net, starved),
    layers: [],
    step: since.step.step,
  };
}

/** Whether a loss that stands still is that of a guess between two classes. */
export function isGuessing(loss: number): boolean {
  return Math.abs(loss / Math.LN2 - 1) <= GUESS_SHARE;
}

function adviceFor({ layers }: Net, starved: boolean): readonly string[] {
  if (layers.filter(({ figure }) => figure === 'weight').length === 1) return [HIDDEN_LAYER, ...ADVICE];
  return starved ? [GRADIENT_FIRST] : ADVICE;
}
