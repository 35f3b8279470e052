import { defaultDtype, isFloat } from '../dtype.ts';
import { normalizeDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { div } from './div.ts';
import { sum } from './sum.ts';
import { to } from './to.ts';

/**
 * Σ x / n along axes; NaN of nothing.
 *
 * @param dim the axis or axes; all of them by default.
 * @param keepdim keeps those axes with size 1. Default false.
 */
export function mean(x: Tensor, dim?: number | readonly number[], keepdim = false): Tensor {
  const count = normalizeDims(dim, x.shape.length, 'mean').reduce((n, axis) => n * x.shape[axis], 1);
  // Integers first: their sum may be more than they can hold.
  return div(sum(isFloat(x.dtype) ? x : to(x, defaultDtype()), dim, keepdim), count);
}
