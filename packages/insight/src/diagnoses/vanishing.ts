import type { DiagnosisEvent, LayerEvent, StepEvent } from '@backflow/trace';
import { activationOf } from '../nets/activations.ts';
import { type Comparison, compareWithLoss, findVanishing } from '../nets/compare.ts';
import { latestFigures, type Net } from '../nets/find-nets.ts';
import { formatCount, formatGradient } from '../numbers/format.ts';
import { followLoss } from './loss-course.ts';
import { nameLayer, placeAt } from './name-layer.ts';

/**
 * The gradient vanishes on its way back from the loss.
 *
 * Judged where the run stands, and, if it learned nothing, at its start too: there the fall is seen best, before
 * a plateau flattens what is left. A net that learned in spite of its start needs no warning about it.
 */
export function diagnoseVanishing(net: Net): DiagnosisEvent | undefined {
  const course = followLoss(net.steps);
  if (course === undefined) return undefined;
  const { first, last, learned } = course;
  if (!learned) {
    const fall = findVanishing(compareWithLoss(net.layers, first.gradients));
    if (fall) return describe(net, fall, first);
  }
  const fall = findVanishing(compareWithLoss(net.layers, latestFigures(net.steps)));
  return fall && describe(net, fall, last);
}

function describe({ layers }: Net, fall: Comparison, step: StepEvent): DiagnosisEvent {
  const { near, far, nearFigure, farFigure } = fall;
  // Through `near` itself if it is an activation (its figure is what arrives at its output), not through `far`.
  const passed = layers.slice(layers.indexOf(near), layers.indexOf(far));
  const what = near.figure === 'weight' ? '∂L/∂weight' : '∂L/∂output';
  return {
    type: 'diagnosis',
    code: 'vanishing',
    severity: 'warning',
    message:
      `The gradient vanishes on its way back: at step ${formatCount(step.step)} ${what} is ` +
      `${formatGradient(nearFigure)} at ${nameLayer(near)} and ${formatGradient(farFigure)} at ${nameLayer(far)}, ` +
      `${writeOrders(fall)} less.${explain(passed)}`,
    advice: adviceFor(passed),
    layers: layers.slice(layers.indexOf(near), layers.indexOf(far) + 1).map(({ id }) => id),
    step: step.step,
    ...placeAt(far),
  };
}

/**
 * `5 orders of magnitude`: by how many powers of ten two figures differ. From logarithms, as a ratio can overflow.
 *
 * @param round to the nearest by default; up, where the words are to bound the ratio
 */
export function writeOrders(
  { nearFigure, farFigure }: Comparison,
  round: (orders: number) => number = Math.round,
): string {
  const orders = round(Math.abs(Math.log10(nearFigure) - Math.log10(farFigure)));
  return orders === 1 ? '1 order of magnitude' : `${orders} orders of magnitude`;
}

/** What the activations on the way are known to do. Weights multiply too, so this is a share, not the whole cause. */
function explain(passed: readonly LayerEvent[]): string {
  const kinds = new Set(passed.filter(activationOf).map(({ kind }) => kind));
  return [...kinds]
    .map((kind) => {
      const gates = passed.filter((layer) => layer.kind === kind);
      const { maxSlope = 1, says } = (gates[0] && activationOf(gates[0])) ?? {};
      const most = maxSlope ** gates.length;
      const together = `: together they let at most ${formatGradient(most)} of it through, before weights multiply it`;
      const stand =
        gates.length === 1
          ? `One ${kind} layer stands between; it`
          : `${gates.length} ${kind} layers stand between; each`;
      return ` ${stand} ${says}${gates.length > 1 && most < 1 ? together : ''}.`;
    })
    .join('');
}

const WITHOUT_KNOWN_GATES: readonly string[] = [
  'Try ReLU between the layers, with `init.kaimingUniform_` (He et al. 2015).',
  'Use fewer layers.',
];

function adviceFor(passed: readonly LayerEvent[]): readonly string[] {
  const advice = passed.flatMap((layer) => activationOf(layer)?.advice ?? []);
  return advice.length > 0 ? [...new Set(advice)] : WITHOUT_KNOWN_GATES;
}
