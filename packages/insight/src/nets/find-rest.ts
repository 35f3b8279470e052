import type { StepEvent } from '@backflow/trace';
import type { Net } from './find-nets.ts';

/**
 * A gradient that was below this share of its largest when it reached 0 came down to it, as at a minimum; units that
 * are switched off by one step lose theirs from one figure to the next.
 */
const REST_SHARE = 1e-6;

/**
 * The earliest recorded step from which on every ∂L/∂weight of a net is exactly 0, if that of the layer nearest the
 * loss came down to it by and by, and the loss fell: the net is at rest in a minimum. Undefined if not, or if it was 0 all along.
 */
export function findRest({ layers, steps }: Net): StepEvent | undefined {
  const weights = layers.filter(({ figure }) => figure === 'weight');
  const isAtRest = ({ gradients }: StepEvent): boolean => weights.every(({ id }) => gradients[id] === 0);
  const [nearest] = weights;
  const index = steps.findLastIndex((step) => !isAtRest(step)) + 1;
  const rest = steps[index];
  if (nearest === undefined || rest === undefined || !(steps.at(-1)!.loss < steps[0]!.loss)) return undefined;
  const before = steps.slice(0, index).map(({ gradients }) => gradients[nearest.id] ?? 0);
  const smallest = before.findLast((figure) => figure !== 0);
  if (smallest === undefined) return undefined;
  return smallest <= REST_SHARE * before.reduce((a, b) => Math.max(a, b)) ? rest : undefined;
}
