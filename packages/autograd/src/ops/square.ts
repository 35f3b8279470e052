import type { Operand } from '../op.ts';
import { mul } from './mul.ts';

/** x², elementwise. */
export function square<T extends Operand | number>(x: T): T {
  return (mul as (a: T, b: T) => T)(x, x);
}
