import { mean, nameGiven, OperandError, ShapeError, showShape, sum, Tensor } from '@backflow/autograd';
import { ArgumentError } from '../errors.ts';
import { Module } from '../module.ts';

/** What is made of the losses of single elements: their mean, their sum, or nothing. */
export type Reduction = 'mean' | 'sum' | 'none';

/** What every loss takes. */
export interface LossOptions {
  /** Default 'mean'. */
  readonly reduction?: Reduction;
}

/** A module that says how far an input is from a target. It is no layer: no gradient flow is shown for it. */
export abstract class Loss extends Module {
  readonly reduction: Reduction;

  constructor(options: LossOptions = {}) {
    super();
    this.reduction = reductionOf(new.target.name, options);
  }

  abstract override forward(input: Tensor, target: Tensor): Tensor;
}

const REDUCTIONS: Readonly<Record<Reduction, (losses: Tensor) => Tensor>> = {
  mean: (losses) => mean(losses),
  sum: (losses) => sum(losses),
  none: (losses) => losses,
};

/** Reduces the losses of single elements as `options` say. The mean of none is NaN. */
export function reduceLoss(what: string, losses: Tensor, options: LossOptions): Tensor {
  return REDUCTIONS[reductionOf(what, options)](losses);
}

/** @throws ArgumentError unless `options` is an object with a reduction that exists, or with none. */
function reductionOf(what: string, options: LossOptions): Reduction {
  if (typeof options !== 'object' || options === null) {
    throw new ArgumentError(
      `${what}: options is ${nameGiven(options)}, expected an object. Write { reduction: 'sum' }.`,
    );
  }
  const { reduction = 'mean' } = options;
  if (Object.hasOwn(REDUCTIONS, reduction)) return reduction;
  throw new ArgumentError(`${what}: reduction is ${nameGiven(reduction)}, expected 'mean', 'sum' or 'none'.`);
}

/** @throws OperandError unless both are tensors. */
export function checkTensors(what: string, input: unknown, target: unknown): void {
  for (const [name, x] of Object.entries({ input, target })) {
    if (!(x instanceof Tensor)) {
      throw new OperandError(`${what}: ${name} is ${nameGiven(x)}, expected a Tensor. Wrap arrays: tensor(…).`);
    }
  }
}

/** @throws ShapeError unless both have one shape: broadcasting them would compare each row with every target. */
export function checkSameShape(what: string, input: Tensor, target: Tensor): void {
  checkTensors(what, input, target);
  if (showShape(input.shape) === showShape(target.shape)) return;
  const hint =
    input.numel() === target.numel()
      ? ` Broadcasting would compare every element with every other: reshape the target, target.reshape(${showShape(input.shape)}).`
      : ' There must be one target for each element of the input.';
  throw new ShapeError(
    `${what}: target has shape ${showShape(target.shape)}, expected ${showShape(input.shape)}, the shape of the input.${hint}`,
  );
}
