/** Below it squares have lost digits or are 0: a gradient of 1e-170 is small, but not dead. */
const SMALLEST_TRUSTED = 1e-280;

/** √ Σ x², without overflow or underflow on the way. */
export function l2Norm(xs: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < xs.length; i++) total += xs[i]! * xs[i]!;
  if (total >= SMALLEST_TRUSTED && total < Number.POSITIVE_INFINITY) return Math.sqrt(total);
  // Once more in units of the largest element.
  let largest = 0;
  for (let i = 0; i < xs.length; i++) largest = Math.max(largest, Math.abs(xs[i]!));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let scaled = 0;
  for (let i = 0; i < xs.length; i++) scaled += (xs[i]! / largest) ** 2;
  return largest * Math.sqrt(scaled);
}
