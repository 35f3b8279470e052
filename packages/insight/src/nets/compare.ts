import type { LayerEvent } from '@backflow/trace';

/**
 * What six sigmoids in a row take from a gradient at the very least: σ′ ≤ 1/4 (its value at 0), so at most 4⁻⁶ ≈
 * 2.4e-4 gets through before weights multiply it. A layer that gets less than this share of what the layer nearest
 * the loss gets learns thousands of times slower at one learning rate: the gradient has vanished there.
 *
 * Six and not four, because narrow ReLU nets that learn well stray to 1e-3 along the way.
 */
export const VANISHING_RATIO: number = 4 ** -6;

/** The mirror image: by this factor a gradient has grown on its way back. */
export const EXPLODING_RATIO: number = 1 / VANISHING_RATIO;

/** Two figures of one kind: at the layer nearest the loss, and at one farther from it. */
export interface Comparison {
  readonly near: LayerEvent;
  readonly far: LayerEvent;
  readonly nearFigure: number;
  readonly farFigure: number;
  /** `farFigure / nearFigure`: 1 where the gradient arrives as strong as it set out. */
  readonly ratio: number;
}

/**
 * Compares what reaches `until` (or the layer before it, on the loss's side) with what sets out from the loss, once
 * for ∂L/∂weight and once for ∂L/∂output: the two are not measured in the same unit. Only finite figures other
 * than 0 compare.
 *
 * Outputs after the last weights are left out. There the slopes of loss and output gate cancel (∂BCE/∂p holds
 * 1/(p(1 − p)), σ′ is p(1 − p)), and a net that has learned would look as if its gradient vanished.
 *
 * Both kinds are needed. On a plateau the rows of a batch cancel in ∂L/∂weight, alike in all layers, and only
 * ∂L/∂output still shows how little gets through.
 *
 * @param layers one net's, from the loss back
 */
export function compareWithLoss(
  layers: readonly LayerEvent[],
  figures: Readonly<Record<string, number>>,
  until: LayerEvent | undefined = layers.at(-1),
): Comparison[] {
  const lastWeights = layers.findIndex((layer) => layer.figure === 'weight');
  const upTo = until === undefined ? [] : layers.slice(0, layers.indexOf(until) + 1);
  const kinds = [
    upTo.filter((layer) => layer.figure === 'weight'),
    upTo.slice(lastWeights + 1).filter((layer) => layer.figure === 'output'),
  ];
  return kinds.flatMap((kind) => {
    const measured = kind.filter(({ id }) => Number.isFinite(figures[id]) && figures[id] !== 0);
    const [near, far] = [measured[0], measured.at(-1)];
    if (near === undefined || far === undefined || near === far) return [];
    const [nearFigure, farFigure] = [figures[near.id] ?? Number.NaN, figures[far.id] ?? Number.NaN];
    return [{ near, far, nearFigure, farFigure, ratio: farFigure / nearFigure }];
  });
}

/** The comparison that shows the gradient vanishing, if one does. */
export function findVanishing(comparisons: readonly Comparison[]): Comparison | undefined {
  return comparisons.find(({ ratio }) => ratio <= VANISHING_RATIO);
}

/**
 * The layers where the gradient has vanished: so little reaches them and, in the same kind of figure, every layer
 * farther from the loss. One layer's figure alone may be small by cancelling, with a healthy gradient behind it.
 *
 * @param layers one net's, from the loss back
 */
export function findVanishingLayers(
  layers: readonly LayerEvent[],
  figures: Readonly<Record<string, number>>,
): ReadonlySet<LayerEvent> {
  const found = new Set<LayerEvent>();
  let kinds: readonly LayerEvent['figure'][] = ['weight', 'output'];
  for (const layer of layers.toReversed()) {
    kinds = compareWithLoss(layers, figures, layer)
      .filter(({ near, ratio }) => ratio <= VANISHING_RATIO && kinds.includes(near.figure))
      .map(({ near }) => near.figure);
    if (kinds.length === 0) break;
    found.add(layer);
  }
  return found;
}

/** A comparison that shows the gradient exploding, if all do: one figure near the loss may be small by cancelling. */
export function findExploding(comparisons: readonly Comparison[]): Comparison | undefined {
  return comparisons.every(({ ratio }) => ratio >= EXPLODING_RATIO) ? comparisons[0] : undefined;
}
