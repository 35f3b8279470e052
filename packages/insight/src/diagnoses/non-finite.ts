import type { DiagnosisEvent, StepEvent } from '@backflow/trace';
import type { Net } from '../nets/find-nets.ts';
import { formatCount, formatGradient, formatLoss } from '../numbers/format.ts';
import { nameLayer, placeAt } from './name-layer.ts';

const ADVICE: readonly string[] = [
  'Lower the learning rate: a step too large throws the weights out of range.',
  'For classification use `BCEWithLogitsLoss` or cross-entropy on the raw outputs: log of a sigmoid or softmax that has reached 0 is −∞.',
  'Look for √0, log 0 and 0/0 in your own code, and for NaN in the data.',
];

/** NaN or ∞ in a loss or a gradient: the first step that has one, and the layer nearest the loss that shows it. */
export function diagnoseNonFinite(net: Net): DiagnosisEvent | undefined {
  const index = net.steps.findIndex((step) => !Number.isFinite(step.loss) || brokenIn(net, step).length > 0);
  const step = net.steps[index];
  if (step === undefined) return undefined;
  const broken = brokenIn(net, step);
  const [nearest] = broken;
  const when = `at step ${formatCount(step.step)}`;
  const before = net.steps[index - 1];
  const history = before ? ` At step ${formatCount(before.step)} the loss was still ${formatLoss(before.loss)}.` : '';
  const where = nearest
    ? `the gradient is ${formatGradient(step.gradients[nearest.id] ?? 0)} at ${nameLayer(nearest)}`
    : '';
  const loss = `the loss is ${formatLoss(step.loss)}`;
  return {
    type: 'diagnosis',
    code: 'non-finite',
    severity: 'error',
    message: Number.isFinite(step.loss)
      ? `The backward pass broke ${when}: ${loss}, but ${where}, the first layer on the way back that is not a number.${history}`
      : `The forward pass broke ${when}: ${loss}${where && `, and ${where}`}.${history}`,
    advice: ADVICE,
    layers: broken.map(({ id }) => id),
    step: step.step,
    ...(nearest ? placeAt(nearest) : {}),
  };
}

/** From the loss back. */
function brokenIn({ layers }: Net, { gradients }: StepEvent): Net['layers'] {
  return layers.filter(({ id }) => gradients[id] !== undefined && !Number.isFinite(gradients[id]));
}
