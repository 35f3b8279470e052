import { BackflowError, defineGate, type Gate, promote, type Tensor } from '@backflow/autograd';
import { checkSameShape, Loss, type LossOptions, reduceLoss } from './loss.ts';

/** Logarithms are not taken below this, so that a wrong answer given with certainty costs 100 and not ∞. PyTorch's. */
const MIN_LOG = -100;

/**
 * How close to 1 a probability can come without being it: half the distance to the next float below 1. The slope
 * (p − t) / (p · (1 − p)) is not taken at a smaller p · (1 − p), so that it stays finite at 0 and 1, and exact wherever
 * the dtype can tell. PyTorch's 1e-12 is coarser than float64 needs, and finer than float32 can hold: there a certain
 * and wrong answer would get a gradient 30,000 times too large.
 */
const RESOLUTION = { float32: 2 ** -25, float64: 2 ** -54 };

/** −t · ln p − (1 − t) · ln(1 − p) of a probability and a target, elementwise. */
const binaryEntropy: Gate<['p', 't'], [resolution: number], { readonly resolution: number }> =
  /* @__PURE__ */ defineGate({
    name: 'binaryCrossEntropy',
    inputs: ['p', 't'],
    attrs: (resolution) => ({ resolution }),
    forward: (p, t) => -t * clampedLog(Math.log(p)) - (1 - t) * clampedLog(Math.log1p(-p)),
    vjp: {
      p: ({ p, t, g }, { mul, div, sub, where, gt }, { resolution }) => {
        const spread = mul(p, sub(1, p));
        return mul(g, div(sub(p, t), where(gt(spread, resolution), spread, resolution)));
      },
      t: ({ p, g }, { mul, sub, log, where, gt }) => {
        const [yes, no] = [log(p), log(sub(1, p))];
        return mul(g, sub(where(gt(no, MIN_LOG), no, MIN_LOG), where(gt(yes, MIN_LOG), yes, MIN_LOG)));
      },
    },
  });

function clampedLog(x: number): number {
  return Math.max(x, MIN_LOG);
}

/** An input of `binaryCrossEntropy` is no probability. */
export class ProbabilityError extends BackflowError {
  constructor(message: string) {
    super('probability', message);
  }
}

/**
 * Binary cross-entropy, −t · ln p − (1 − t) · ln(1 − p), of probabilities `input` and targets from 0 to 1.
 *
 * Logarithms are clamped at −100, as in PyTorch. Raw outputs go to `binaryCrossEntropyWithLogits`, which loses nothing.
 *
 * @throws ShapeError unless both have one shape.
 * @throws ProbabilityError where an input lies outside 0 to 1. NaN passes, and gives NaN.
 */
export function binaryCrossEntropy(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkSameShape('binaryCrossEntropy', input, target);
  for (const p of input.data) {
    if (p < 0 || p > 1) {
      throw new ProbabilityError(
        `binaryCrossEntropy: input has ${p}, and a probability lies between 0 and 1. ` +
          'Put a Sigmoid at the end of the model, or take BCEWithLogitsLoss, which includes it.',
      );
    }
  }
  const resolution = promote(input.dtype, target.dtype) === 'float32' ? RESOLUTION.float32 : RESOLUTION.float64;
  return reduceLoss('binaryCrossEntropy', binaryEntropy(input, target, resolution), options);
}

/** `binaryCrossEntropy` as a module. */
export class BCELoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropy(input, target, this);
  }
}
