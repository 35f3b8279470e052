import { ShapeError } from '../errors.ts';
import { showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add } from './add.ts';
import { matmul } from './matmul.ts';
import { reshape } from './reshape.ts';

/** @throws ShapeError unless the last axis of `x` has `features` elements; `what` says who was given it. */
export function checkFeatures(what: string, x: Tensor, features: number): void {
  const given = x.shape.at(-1);
  if (given === features) return;
  const has = given === undefined ? 'no axis' : `${given} features`;
  throw new ShapeError(`${what}: input has ${has} (shape ${showShape(x.shape)}), expected ${features}.`);
}

/**
 * x · Wᵀ + b: what a linear layer computes. Shapes [..., in], [out, in] and [out] give [..., out].
 *
 * @throws ShapeError where the last axis of `x` is not the number of columns of `weight`.
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  const features = weight.shape[1];
  checkFeatures('linear', x, features);
  const rows = x.shape.length === 1 ? reshape(x, [1, features]) : x;
  const product = matmul(rows, weight, false, true);
  const y = x.shape.length === 1 ? reshape(product, [-1]) : product;
  return bias ? add(y, bias) : y;
}
