import { ShapeError } from '../errors.ts';
import { showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add } from './add.ts';
import { matmul } from './matmul.ts';
import { reshape } from './reshape.ts';

/**
 * x · Wᵀ + b: what a linear layer computes. Shapes [..., in], [out, in] and [out] give [..., out].
 *
 * @throws ShapeError where the last axis of `x` is not the number of columns of `weight`.
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  const features = weight.shape[1];
  if (x.shape.length === 0 || x.shape[x.shape.length - 1] !== features) {
    const given = x.shape.length === 0 ? 'no axis' : `${x.shape[x.shape.length - 1]} features`;
    throw new ShapeError(`linear: input has ${given} (shape ${showShape(x.shape)}), expected ${features}.`);
  }
  const rows = x.shape.length === 1 ? reshape(x, [1, features]) : x;
  const product = matmul(rows, weight, false, true);
  const y = x.shape.length === 1 ? reshape(product, [-1]) : product;
  return bias ? add(y, bias) : y;
}
