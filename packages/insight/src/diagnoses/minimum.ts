import type { DiagnosisEvent } from '@backflow/trace';
import type { Net } from '../nets/find-nets.ts';
import { findRest } from '../nets/find-rest.ts';
import { formatLoss } from '../numbers/format.ts';
import { findSince, followLoss } from './loss-course.ts';
import { HIDDEN_LAYER, isGuessing } from './plateau.ts';

/** The gradient came down to exactly 0 by and by: the net is as good as small steps from its start can make it. */
export function diagnoseMinimum(net: Net): DiagnosisEvent | undefined {
  const rest = findRest(net);
  const course = followLoss(net.steps);
  if (rest === undefined || course === undefined) return undefined;
  const since = findSince(net.steps, ({ step }) => step >= rest.step);
  const isOneLayer = net.layers.filter(({ figure }) => figure === 'weight').length === 1;
  const advice = isOneLayer ? HIDDEN_LAYER : 'Start from other weights (another seed), or make the layers wider.';
  return {
    type: 'diagnosis',
    code: 'minimum',
    severity: 'info',
    message:
      `The net is at a minimum: its gradient came down to exactly 0 ${since?.words}, where the loss is ` +
      `${formatLoss(course.last.loss)}. It cannot get better by small steps.`,
    advice: course.learned && !isGuessing(course.last.loss) ? [] : [advice],
    layers: [],
    step: rest.step,
  };
}
