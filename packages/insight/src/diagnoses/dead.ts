import type { DiagnosisEvent, LayerEvent, StepEvent } from '@backflow/trace';
import { activationOf } from '../nets/activations.ts';
import { latestFigures, type Net } from '../nets/find-nets.ts';
import { formatGradient } from '../numbers/format.ts';
import { findSince, followLoss } from './loss-course.ts';
import { nameLayer, placeAt } from './name-layer.ts';

const FOR_SWITCHED_OFF: readonly string[] = [
  'Use `new LeakyReLU()`: it passes a little on even where its input is below 0, so no unit is lost for good.',
  'Initialise the weights with `init.kaimingUniform_` (He et al. 2015): their size suits ReLU.',
  'Make the layers wider: the more units, the less likely it is that all are off at once.',
];
const FOR_LATER = 'Lower the learning rate, so that one large step cannot throw the weights that far.';
const FOR_UNKNOWN: readonly string[] = [
  'Look for what multiplies by 0 on the way: weights that start at 0, `detach`, `noGrad`, a clamp.',
  'Start from other weights (another seed): rows of a symmetric data set can cancel exactly.',
];

/**
 * From some layer back to the first, every gradient is exactly 0, and stays so to the end. A loss of exactly 0
 * leaves nothing to learn: that is no defect.
 *
 * The layer that stops the gradient is known only if its own ∂L/∂output is not 0 while all that lies behind it is.
 */
export function diagnoseDead(net: Net): DiagnosisEvent | undefined {
  const course = followLoss(net.steps);
  if (course === undefined || course.last.loss === 0) return undefined;
  const figures = latestFigures(net.steps);
  const measured = net.layers.filter(({ id }) => figures[id] !== undefined);
  const lastAlive = measured.findLastIndex(({ id }) => figures[id] !== 0);
  const [stop, dead] = [measured[lastAlive], measured.slice(lastAlive + 1)];
  const since = findSince(net.steps, isDeadIn(dead));
  const [nearest] = dead;
  if (nearest === undefined || since === undefined) return undefined;
  const isOff = stop !== undefined && stop.figure === 'output' && activationOf(stop)?.canSwitchOff === true;
  return {
    type: 'diagnosis',
    code: 'dead',
    severity: 'warning',
    message: isOff
      ? `${nameLayer(stop)} stops the gradient: ${formatGradient(figures[stop.id] ?? 0)} reaches it and exactly 0 gets ` +
        `through, so ${countLayers(dead)} before it learned nothing ${since.words}. Every unit of it that the ` +
        'gradient reaches is switched off for every row of the batch.'
      : `From ${nameLayer(nearest)} back to the input the gradient is exactly 0 ${since.words}: ${countLayers(dead)} there ` +
        `${dead.length === 1 ? 'learns' : 'learn'} nothing.`,
    // At step 1 nothing had moved the weights yet.
    advice: [...(since.step.step > 1 ? [FOR_LATER] : []), ...(isOff ? FOR_SWITCHED_OFF : FOR_UNKNOWN)],
    layers: (isOff ? [stop, ...dead] : dead).map(({ id }) => id),
    step: since.step.step,
    ...placeAt(isOff ? stop : nearest),
  };
}

function isDeadIn(layers: readonly LayerEvent[]): (step: StepEvent) => boolean {
  return ({ gradients }) => layers.every(({ id }) => gradients[id] === undefined || gradients[id] === 0);
}

/** Layers with weights are what can learn; without any, all layers count. */
function countLayers(layers: readonly LayerEvent[]): string {
  const withWeights = layers.filter(({ figure }) => figure === 'weight').length;
  if (withWeights === 0) return layers.length === 1 ? 'the layer' : `the ${layers.length} layers`;
  return withWeights === 1 ? 'the one layer with weights' : `the ${withWeights} layers with weights`;
}
