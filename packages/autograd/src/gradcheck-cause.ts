import type { Shape } from './shape.ts';

/** What is known of a gradient that disagrees. */
export interface Disagreement {
  /** Both gradients of the input, element by element. */
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
  /** The element that disagrees. */
  readonly wrong: number;
  readonly shape: Shape;
  /** Whether the function's result has a graph at all. */
  readonly isOnTape: boolean;
  /** The input there. */
  readonly at: number;
  /** The weighted result with the input there moved. */
  readonly weigh: (x: number) => number;
}

/** Small beside any smooth bend, large beside rounding: a millionth of the larger of |x| and 1. */
const SIDE_STEP = 1e-6;
/** Slopes to both sides of a smooth point differ by about the step; by this much they differ only at a kink. */
const KINK = 1e-3;
/** Numbers that agree to this are taken for equal when a pattern is looked for. */
const CLOSE = 1e-6;
/** float32 rounds at 6e-8; a few of its steps stay below this. */
const FLOAT32_ERROR = 1e-5;

/** A guess at what is wrong, to end an error message with; null without one. */
export function guessCause(found: Disagreement): string | null {
  const { analytic, numeric, wrong } = found;
  const [a, n] = [analytic[wrong], numeric[wrong]];
  if (!Number.isFinite(a)) return `the rule divides by 0 or takes ∞ − ∞ there: backward gives ${a}.`;
  if (!Number.isFinite(n)) return 'the function itself is not finite near there: move the input into its domain.';
  const kink = kinkAt(found);
  if (kink !== null) return kink;
  if (!found.isOnTape) {
    return 'the result is off the tape: detach(), item(), data or noGrad inside the function cuts the gradient.';
  }
  if (a === 0) return 'a detach(), item() or data inside the function, or a rule that is null or 0, cuts this path.';
  if (isTransposed(found)) return 'the gradient is transposed: its elements are right but lie in the wrong place.';
  const ratio = commonRatio(analytic, numeric);
  if (ratio !== null && !isClose(ratio, 1)) return nameRatio(ratio);
  if (Math.abs(a - n) <= FLOAT32_ERROR * Math.abs(n)) {
    return 'a constant or an intermediate result has only the 7 digits of float32, or the rule loses digits in a difference.';
  }
  return null;
}

function kinkAt({ at, weigh }: Disagreement): string | null {
  const h = SIDE_STEP * Math.max(Math.abs(at), 1);
  const here = weigh(at);
  const left = (here - weigh(at - h)) / h;
  const right = (weigh(at + h) - here) / h;
  if (!(Math.abs(left - right) > KINK * Math.max(Math.abs(left), Math.abs(right)))) return null;
  return (
    `there is a kink or a jump: the slope is ${left.toPrecision(4)} on the left and ${right.toPrecision(4)} on the right. ` +
    'Differences have no answer there; check a point beside it.'
  );
}

function isTransposed({ analytic, numeric, shape }: Disagreement): boolean {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === 1 || columns === 1) return false;
  // What was meant as columns × rows, read as rows × columns.
  return numeric.every((n, i) => isClose(analytic[(i % columns) * rows + Math.floor(i / columns)], n));
}

/** analytic / numeric where that is the same throughout. */
function commonRatio(analytic: readonly number[], numeric: readonly number[]): number | null {
  const places = numeric.map((_, i) => i).filter((i) => Math.abs(numeric[i]) > CLOSE);
  if (places.length === 0) return null;
  const ratio = analytic[places[0]] / numeric[places[0]];
  return places.every((i) => isClose(analytic[i], ratio * numeric[i])) ? ratio : null;
}

function nameRatio(ratio: number): string {
  if (isClose(ratio, -1)) return 'the sign is flipped.';
  const inverse = 1 / ratio;
  if (isClose(ratio, Math.round(ratio)))
    return `a factor ${Math.round(ratio)} is one too many: backward gives ${Math.round(ratio)} times the slope.`;
  if (isClose(inverse, Math.round(inverse))) {
    return `a factor ${Math.round(inverse)} is missing: a forgotten constant, or a sum over ${Math.round(inverse)} broadcast copies that was lost.`;
  }
  return `backward gives ${ratio.toPrecision(6)} times the slope throughout: a wrong constant.`;
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b));
}
