import { checkFeatures, type DType, linear, nameGiven, OperandError, Tensor, zeros } from '@backflow/autograd';
import { ArgumentError } from '../errors.ts';
import { kaimingUniform_, uniform_ } from '../init.ts';
import { Module } from '../module.ts';

/** What a `Linear` is like. */
export interface LinearOptions {
  /** Whether a bias is added. Default true. */
  readonly bias?: boolean;
  /** Of the parameters. Default: the default float dtype. */
  readonly dtype?: DType;
}

/**
 * x · Wᵀ + b. Shape [..., in] gives [..., out]; `weight` is [out, in], `bias` [out] or null.
 *
 * Both start evenly drawn from ±1/√in, as in PyTorch: He initialisation with a = √5. See `init` for others.
 */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly weight: Tensor;
  readonly bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    for (const [name, n] of Object.entries({ inFeatures, outFeatures })) {
      if (!Number.isInteger(n) || n < 1) {
        throw new ArgumentError(
          `Linear: ${name} is ${nameGiven(n)}, expected a whole number from 1 on, as in new Linear(2, 5).`,
        );
      }
    }
    const { bias = true, dtype } = options;
    const like = { requiresGrad: true, ...(dtype === undefined ? {} : { dtype }) };
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = kaimingUniform_(zeros([outFeatures, inFeatures], like), Math.sqrt(5));
    const bound = 1 / Math.sqrt(inFeatures);
    this.bias = bias ? uniform_(zeros([outFeatures], like), -bound, bound) : null;
  }

  /** @throws ShapeError where the last axis of `x` does not hold `inFeatures` elements. */
  forward(x: Tensor): Tensor {
    if (!(x instanceof Tensor)) {
      throw new OperandError(`${this.title()}: input is ${nameGiven(x)}, expected a Tensor. Wrap arrays: tensor(…).`);
    }
    checkFeatures(this.title(), x, this.inFeatures);
    return linear(x, this.weight, this.bias);
  }

  override extraRepr(): string {
    return `${this.inFeatures}→${this.outFeatures}`;
  }
}
