import type { DiagnosisEvent } from '@backflow/trace';
import { type Comparison, compareWithLoss } from '../nets/compare.ts';
import { latestFigures, type Net } from '../nets/find-nets.ts';
import { formatCount, formatGradient, formatLoss } from '../numbers/format.ts';
import { followLoss } from './loss-course.ts';
import { nameLayer } from './name-layer.ts';
import { writeOrders } from './vanishing.ts';

/**
 * What went right, or at least not wrong: how far the loss fell, and how much gradient reaches the first layer. A run
 * that something else ended gets no advice: more steps would have come.
 */
export function describeCourse(net: Net, hasEndedByItself: boolean): DiagnosisEvent | undefined {
  const course = followLoss(net.steps);
  if (course === undefined) return undefined;
  const { first, last, learned } = course;
  const [flow] = compareWithLoss(net.layers, latestFigures(net.steps));
  const change = last.loss - first.loss;
  const moved = change < 0 ? 'fell' : 'went';
  const loss =
    first === last
      ? `The loss is ${formatLoss(last.loss)} after one step`
      : `The loss ${moved} from ${formatLoss(first.loss)} to ${formatLoss(last.loss)} in ${formatCount(last.step)} steps`;
  const gradient = flow
    ? `, and the gradient reaches the first layer: it is ${formatGradient(flow.farFigure)} at ${nameLayer(flow.far)} and ` +
      `${formatGradient(flow.nearFigure)} at ${nameLayer(flow.near)}, ${compareWords(flow)}`
    : '';
  return {
    type: 'diagnosis',
    code: learned ? 'healthy' : 'course',
    severity: 'info',
    message: `${loss}${gradient}.`,
    advice: learned || !hasEndedByItself ? [] : adviceFor(change),
    layers: flow ? [flow.near.id, flow.far.id] : [],
    step: last.step,
  };
}

function adviceFor(change: number): readonly string[] {
  if (change < 0) return ['Give it more steps, or try a higher learning rate.'];
  return change > 0 ? ['Try a lower learning rate.'] : [];
}

/** Half an order of magnitude is a factor of three: nothing that a learner should look at. */
const ALIKE = 10 ** 0.5;

function compareWords(flow: Comparison): string {
  return flow.ratio > 1 / ALIKE && flow.ratio < ALIKE ? 'about as much' : `within ${writeOrders(flow, Math.ceil)}`;
}
