import { normalizeDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { permute } from './permute.ts';

/** Swaps two axes. A copy, not a view. */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  const a = normalizeDim(dim0, x.shape.length, 'transpose');
  const b = normalizeDim(dim1, x.shape.length, 'transpose');
  const dims = x.shape.map((_, axis) => axis);
  return permute(x, dims.with(a, b).with(b, a));
}
