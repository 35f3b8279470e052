import type { DiagnosisEvent, LayerEvent, StepEvent } from '@backflow/trace';
import type { Net } from '../nets/find-nets.ts';
import { formatCount, formatGradient, formatLoss } from '../numbers/format.ts';
import { nameLayer, placeAt } from './name-layer.ts';

const LOWER_RATE = 'Lower the learning rate: a step too large throws the weights out of range.';
const ADVICE: readonly string[] = [
  'For classification use `BCEWithLogitsLoss` or cross-entropy on the raw outputs: log of a sigmoid or softmax that has reached 0 is −∞.',
  'Look for √0, log 0 and 0/0 in your own code, and for NaN in the data and in the first weights.',
];

/**
 * NaN or ∞ in a loss or a gradient: the first step that has one. If only gradients have, the layer nearest the loss
 * that shows it; of a loss that has, the trace does not hold which layer it came from.
 */
export function diagnoseNonFinite(net: Net): DiagnosisEvent | undefined {
  const index = net.steps.findIndex((step) => !Number.isFinite(step.loss) || brokenIn(net, step).length > 0);
  const step = net.steps[index];
  if (step === undefined) return undefined;
  const broken = brokenIn(net, step);
  const before = net.steps[index - 1];
  const history = before ? ` At step ${formatCount(before.step)} the loss was still ${formatLoss(before.loss)}.` : '';
  const nearest = Number.isFinite(step.loss) ? broken[0] : undefined;
  return {
    type: 'diagnosis',
    code: 'non-finite',
    severity: 'error',
    message: `${nearest ? describeBackward(step, nearest) : describeForward(step)}${history}`,
    // Before the first update no learning rate can have done anything.
    advice: step.step === 1 ? ADVICE : [LOWER_RATE, ...ADVICE],
    layers: broken.map(({ id }) => id),
    step: step.step,
    ...(nearest ? placeAt(nearest) : {}),
  };
}

function describeForward({ step, loss }: StepEvent): string {
  return (
    `The forward pass broke at step ${formatCount(step)}: the loss is ${formatLoss(loss)}. Every gradient is computed ` +
    'from the loss, so none says which layer began it.'
  );
}

function describeBackward({ step, loss, gradients }: StepEvent, nearest: LayerEvent): string {
  return (
    `The backward pass broke at step ${formatCount(step)}: the loss is ${formatLoss(loss)}, but the gradient is ` +
    `${formatGradient(gradients[nearest.id] ?? 0)} at ${nameLayer(nearest)}, the first layer on the way back where it ` +
    'is not finite.'
  );
}

/** From the loss back. */
function brokenIn({ layers }: Net, { gradients }: StepEvent): Net['layers'] {
  return layers.filter(({ id }) => gradients[id] !== undefined && !Number.isFinite(gradients[id]));
}
