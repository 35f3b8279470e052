import { defineGate, type Gate, softplus, type Tensor } from '@backflow/autograd';
import { checkSameShape, Loss, type LossOptions, reduceLoss } from './loss.ts';

/**
 * Binary cross-entropy of σ(x) and a target t, elementwise. With 1 − σ(x) = σ(−x) it is t · ln(1 + e⁻ˣ) +
 * (1 − t) · ln(1 + eˣ): two terms of one sign, so neither tail is lost in a difference.
 */
const logitEntropy: Gate<['x', 't']> = /* @__PURE__ */ defineGate({
  name: 'binaryCrossEntropyWithLogits',
  inputs: ['x', 't'],
  forward: (x, t) => t * softplus(-x) + (1 - t) * softplus(x),
  vjp: {
    x: ({ x, t, g }, { mul, sub, neg, sigmoid }) => mul(g, sub(mul(sub(1, t), sigmoid(x)), mul(t, sigmoid(neg(x))))),
    t: ({ x, g }, { mul, neg }) => mul(g, neg(x)),
  },
});

/**
 * Binary cross-entropy of raw outputs `input`, to which it applies the sigmoid itself, and targets from 0 to 1.
 *
 * Its gradient is σ(x) − t however large x is, where a sigmoid of its own before `binaryCrossEntropy` would have
 * rounded to 0 or 1.
 *
 * @throws ShapeError unless both have one shape.
 */
export function binaryCrossEntropyWithLogits(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkSameShape('binaryCrossEntropyWithLogits', input, target);
  return reduceLoss('binaryCrossEntropyWithLogits', logitEntropy(input, target), options);
}

/** `binaryCrossEntropyWithLogits` as a module. The model before it ends without a Sigmoid. */
export class BCEWithLogitsLoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(input, target, this);
  }
}
