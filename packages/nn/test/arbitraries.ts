import { type Tensor, tensor } from '@backflow/autograd';
import { fc } from '@fast-check/vitest';

/** A number from `min` to `max`: a scaled integer, which shrinks well. */
export function real(min: number, max: number): fc.Arbitrary<number> {
  const scale = 1_000;
  return fc.integer({ min: Math.ceil(min * scale), max: Math.floor(max * scale) }).map((n) => n / scale);
}

/** A number whose distance from every kink at 0 is more than central differences reach. */
export const offKink: fc.Arbitrary<number> = real(-3, 3).filter((x) => Math.abs(x) > 0.01);

/** A tensor of this shape that wants a gradient. */
export function leaf(shape: readonly number[], element: fc.Arbitrary<number> = real(-3, 3)): fc.Arbitrary<Tensor> {
  const size = shape.reduce((n, axis) => n * axis, 1);
  return fc
    .array(element, { minLength: size, maxLength: size })
    .map((elements) => tensor(elements).reshape(shape).detach().requiresGrad_());
}

/** Rows and columns of a small matrix. */
export const anyShape: fc.Arbitrary<[number, number]> = fc.tuple(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 4 }),
);
