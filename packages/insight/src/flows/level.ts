import { exponentOf } from '../numbers/format.ts';

/** Height of the tallest bar. An empty bar is 0. */
export const FULL_LEVEL = 8;

/**
 * Powers of ten that a bar loses with each level. One: then a bar is as high as the exponent beside it says, the
 * bar falls a level exactly when `1.0e-3` turns to `9.9e-4`, and the eight levels hold the whole fall of nine
 * sigmoid layers (five to eight orders of magnitude).
 */
export const DECADES_PER_LEVEL = 1;

/** One character a level. Level 0 is not a space: a row of dead layers keeps its width and is seen. */
const BARS = '·▁▂▃▄▅▆▇█';
/** In place of a bar that has no height: not a number. */
const NAN_BAR = '×';
/** In place of the bar of a layer that took part in no step. */
const NO_BAR = ' ';

/**
 * The height of a figure's bar, 0 to `FULL_LEVEL`, where `full` has the full bar. 0 only for an exact 0, for NaN
 * and for no figure at all: however small, what is left of a gradient shows.
 */
export function levelOf(figure: number | undefined, full: number): number {
  if (figure === undefined || Number.isNaN(figure) || figure === 0) return 0;
  if (!Number.isFinite(figure)) return FULL_LEVEL;
  if (!Number.isFinite(full) || full <= 0) return FULL_LEVEL;
  const fallen = Math.floor((exponentOf(full) - exponentOf(figure)) / DECADES_PER_LEVEL);
  return Math.min(FULL_LEVEL, Math.max(1, FULL_LEVEL - fallen));
}

/** The bar as one character: `▁▂▃▄▅▆▇█`, `·` for an exact 0. */
export function barOf(figure: number | undefined, full: number): string {
  if (figure === undefined) return NO_BAR;
  return Number.isNaN(figure) ? NAN_BAR : (BARS[levelOf(figure, full)] ?? NO_BAR);
}
