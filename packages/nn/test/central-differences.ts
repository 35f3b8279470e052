import type { Tensor } from '@backflow/autograd';
import { expect } from 'vitest';

/** Rounding, 1e-16 / STEP, and the formula's own error, STEP⁴ / 30 times the fifth derivative, are both small here. */
const STEP = 3e-4;

/** Relative, and above 1 / 30 of STEP⁴ times the fifth derivative of ln p at p = 0.1, the steepest that is tried. */
const TOLERANCE = 1e-9;

/** ∂f/∂x, element by element, by the five-point formula. `f` is run with `x` changed in its place. */
function centralDifferences(f: () => number, x: Tensor): number[] {
  return Array.from(x.storage, (kept, i) => {
    const at = (steps: number): number => {
      x.storage[i] = kept + steps * STEP;
      const y = f();
      x.storage[i] = kept;
      return y;
    };
    return (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * STEP);
  });
}

/** Runs `loss`, takes it back, and holds ∂loss/∂x of each of `inputs` to central differences. */
export function expectGradients(loss: () => Tensor, inputs: readonly Tensor[]): void {
  for (const x of inputs) x.grad = null;
  loss().backward();
  for (const x of inputs) {
    const gradient = Array.from(x.grad?.data ?? []);
    const expected = centralDifferences(() => loss().item(), x);
    expect(gradient).toHaveLength(expected.length);
    expected.forEach((g, i) => {
      expect(Math.abs(gradient[i]! - g)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(g)));
    });
  }
}
