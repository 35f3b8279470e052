import { gradientsAt } from './backward.ts';
import { centralDifference } from './central-difference.ts';
import { isFloat } from './dtype.ts';
import { DtypeError, GradcheckError, nameGiven, OperandError } from './errors.ts';
import type { Point } from './functional.ts';
import { guessCause } from './gradcheck-cause.ts';
import type { Operand } from './op.ts';
import { Generator } from './random.ts';
import { showShape } from './shape.ts';
import { withRecording } from './tape.ts';
import { Tensor } from './tensor.ts';
import { onTensors } from './tensor-algebra.ts';
import { onNumbers, Value } from './value.ts';

/** How closely a gradient must agree. */
export interface GradcheckOptions {
  /** Relative tolerance. Default 1e-9. */
  readonly rtol?: number;
  /** Absolute tolerance, for a function that cancels inside more than its result shows. Default 1e-12. */
  readonly atol?: number;
}

/** A function to check: of tensors or values, with a result of any size. */
export type CheckedFunction = (...x: never[]) => Operand;

/** Any seed would do; a fixed one makes a failure repeat. */
const WEIGHT_SEED = 0x6ac4;

/**
 * Whether backward agrees with finite differences, for every element of every input of `f`.
 *
 * With fixed random weights w, L = Σ w · f(x) is one number; backward gives its exact gradient Jᵀw, which must match
 * five-point differences of f, element by element: |analytic − numeric| ≤ rtol · max(|analytic|, |numeric|) + atol +
 * rounding, where rounding is what float64 can lose in the differences. Weights of 1 would hide a rule that
 * ignores its upstream gradient, and a softmax altogether, so no weight is 1.
 *
 * A plain number among the inputs reaches `f` as a value; float tensors are checked whether or not they have
 * `requiresGrad`; tensors of integers or bools are handed on as they are. The inputs, and every gradient on the tape,
 * stay as they were. At a kink (relu at 0) there is no slope to agree with: check beside it.
 *
 * @returns true
 * @throws GradcheckError naming input, element, both numbers, the tolerance and a guess at the cause; DtypeError for
 *   float32, whose 7 digits leave differences about 3.
 * @example
 * gradcheck((x: Tensor, w: Tensor) => x.matmul(w).tanh(), [randn([4, 3]), randn([3, 2])]); // true
 */
export function gradcheck(f: CheckedFunction, inputs: readonly Point[], options: GradcheckOptions = {}): true {
  const { rtol = 1e-9, atol = 1e-12 } = options;
  const places = inputs.map(placeOf);
  const call = f as (...x: readonly Operand[]) => Operand;
  const y = withRecording(true, () => call(...places));
  const outputs = elementsOf(y);
  const weights = drawWeights(outputs.length);
  const analytic = gradientsOf(y, weights, places);
  checkRepeatable(
    outputs,
    withRecording(false, () => elementsOf(call(...places.map(copyOf)))),
  );

  places.forEach((place, k) => {
    if (!place.requiresGrad) return;
    const at = elementsOf(place);
    const probe = (i: number, x: number): ArrayLike<number> =>
      withRecording(false, () =>
        elementsOf(call(...places.map((p, j) => (j === k ? withElement(p, i, x) : copyOf(p))))),
      );
    const found = Array.from(at, (x, i) => {
      const slopes = centralDifference((moved) => probe(i, moved), x);
      const numeric = slopes.reduce((total, { slope }, j) => total + weights[j] * slope, 0);
      const noise = slopes.reduce((total, s, j) => total + Math.abs(weights[j]) * s.noise, 0);
      const difference = Math.abs(analytic[k][i] - numeric);
      const tolerance = rtol * Math.max(Math.abs(analytic[k][i]), Math.abs(numeric)) + atol + noise;
      // Equal infinities differ by NaN; and whatever else is NaN has not agreed.
      const agrees = difference <= tolerance || analytic[k][i] === numeric;
      return { analytic: analytic[k][i], numeric, noise, difference, tolerance, agrees };
    });
    const wrong = found.findIndex(({ agrees }) => !agrees);
    if (wrong === -1) return;
    const { analytic: exact, numeric, noise, difference, tolerance } = found[wrong];
    const shape = place instanceof Tensor ? place.shape : [];
    const weigh = (x: number): number =>
      Array.from(probe(wrong, x)).reduce((total, out, j) => total + weights[j] * out, 0);
    const cause = guessCause({
      analytic: found.map((e) => e.analytic),
      numeric: found.map((e) => e.numeric),
      wrong,
      shape,
      isOnTape: y.requiresGrad,
      at: at[wrong],
      weigh,
    });
    throw new GradcheckError(
      `gradcheck: input ${k}${shape.length === 0 ? '' : `, element ${showShape(placeIn(shape, wrong))}`} (${at[wrong]}): ` +
        `backward gives ${exact}, differences give ${numeric}.\n` +
        `They differ by ${difference}; allowed is ${tolerance} = ${rtol} · max(|analytic|, |numeric|) + ${atol} + rounding ${noise}.\n` +
        `${found.filter(({ agrees }) => !agrees).length} of ${found.length} elements of this input disagree.` +
        `${cause === null ? '' : ` Perhaps ${cause}`}`,
    );
  });
  return true;
}

/** A fresh variable at the same point, so that nothing the caller holds is touched. */
function placeOf(x: Point, k: number): Operand {
  if (typeof x === 'number' || x instanceof Value) return new Value(typeof x === 'number' ? x : x.data);
  if (!(x instanceof Tensor)) {
    throw new OperandError(
      `gradcheck: input ${k} is ${nameGiven(x)}, expected a number, Value or Tensor. Wrap arrays: tensor([1, 2]).`,
    );
  }
  refuseFloat32(x, `input ${k}`);
  return x.detach().requiresGrad_(isFloat(x.dtype));
}

function refuseFloat32(x: Tensor, what: string): void {
  if (x.dtype !== 'float32') return;
  throw new DtypeError(
    `gradcheck: ${what} is float32, whose 7 digits leave differences about 3: too few to tell a right gradient from a wrong one. ` +
      "Check in double: x.to('float64'). The same rules serve both.",
  );
}

function elementsOf(y: Operand): ArrayLike<number> {
  if (y instanceof Value) return [y.data];
  if (!(y instanceof Tensor)) {
    throw new OperandError(
      `gradcheck: the result of the function is ${nameGiven(y)}, expected a Value or Tensor computed from its arguments.`,
    );
  }
  refuseFloat32(y, 'the result');
  return y.data;
}

function copyOf(x: Operand): Operand {
  return x.detach();
}

function withElement(x: Operand, i: number, moved: number): Operand {
  if (x instanceof Value) return new Value(moved, false);
  const copy = x.detach();
  copy.storage[i] = moved;
  return copy;
}

/** From ±½ to ±1½, never near 0. */
function drawWeights(count: number): number[] {
  const generator = new Generator(WEIGHT_SEED);
  return Array.from({ length: count }, () => generator.uniform(0.5, 1.5) * (generator.uniform() < 0.5 ? -1 : 1));
}

/** Jᵀw by backward, for each place; no `grad` is written. */
function gradientsOf(y: Operand, weights: readonly number[], places: readonly Operand[]): ArrayLike<number>[] {
  const gradients = y.requiresGrad ? withRecording(false, () => pull(y, weights, places)) : [];
  return places.map((place, k) => {
    const gradient = gradients[k];
    if (gradient === undefined) return new Float64Array(elementsOf(place).length);
    return typeof gradient === 'number' ? [gradient] : gradient.data;
  });
}

function pull(y: Operand, weights: readonly number[], places: readonly Operand[]): (Tensor | number | undefined)[] {
  if (y instanceof Value) return gradientsAt(y, weights[0], onNumbers, places as readonly Value[]);
  return gradientsAt(y, y.like(Float64Array.from(weights)), onTensors, places as readonly Tensor[]);
}

function checkRepeatable(first: ArrayLike<number>, second: ArrayLike<number>): void {
  if (first.length === second.length && Array.from(first).every((x, i) => Object.is(x, second[i]))) return;
  throw new GradcheckError(
    'gradcheck: the function gave two results for the same input, so it has no slope. ' +
      'Does it draw random numbers (dropout), count its calls or change its input? Seed it anew inside the function.',
  );
}

/** The indices, one an axis, of element `i`. */
function placeIn(shape: readonly number[], i: number): number[] {
  const indices: number[] = [];
  let rest = i;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return indices;
}
