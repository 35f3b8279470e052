import type { DiagnosisEvent } from '@backflow/trace';
import { compareWithLoss, findExploding } from '../nets/compare.ts';
import { latestFigures, type Net } from '../nets/find-nets.ts';
import { formatCount, formatGradient } from '../numbers/format.ts';
import { followLoss } from './loss-course.ts';
import { nameLayer, placeAt } from './name-layer.ts';
import { writeOrders } from './vanishing.ts';

const ADVICE: readonly string[] = [
  'Initialise with smaller weights: `init.kaimingUniform_` (He et al. 2015) for ReLU, `init.xavierUniform_` (Glorot & Bengio 2010) for sigmoid and tanh.',
  'Lower the learning rate.',
  'Clip the norm of the gradient (Pascanu, Mikolov & Bengio 2013).',
];

/** The gradient grows on its way back, where the run stands. */
export function diagnoseExploding(net: Net): DiagnosisEvent | undefined {
  const last = followLoss(net.steps)?.last;
  const growth = findExploding(compareWithLoss(net.layers, latestFigures(net.steps)));
  if (last === undefined || growth === undefined) return undefined;
  const { near, far, nearFigure, farFigure } = growth;
  const { layers } = net;
  return {
    type: 'diagnosis',
    code: 'exploding',
    severity: 'warning',
    message:
      `The gradient explodes on its way back: at step ${formatCount(last.step)} it is ` +
      `${formatGradient(nearFigure)} at ${nameLayer(near)} and ${formatGradient(farFigure)} at ${nameLayer(far)}, ` +
      `${writeOrders(growth)} more. Each layer multiplies it by its weights, and they make it larger.`,
    advice: ADVICE,
    layers: layers.slice(layers.indexOf(near), layers.indexOf(far) + 1).map(({ id }) => id),
    step: last.step,
    ...placeAt(far),
  };
}
