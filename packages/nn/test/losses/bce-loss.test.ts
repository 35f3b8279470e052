import { sigmoid, tensor } from '@backflow/autograd';
import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { binaryCrossEntropy, ProbabilityError } from '../../src/index.ts';
import { real } from '../arbitraries.ts';

type Float = 'float64' | 'float32';

/** Loss and gradients of one probability and one target. */
function at(p: number, t: number, dtype: Float = 'float64'): { loss: number; input: number; target: number } {
  const input = tensor([p], { dtype, requiresGrad: true });
  const target = tensor([t], { dtype, requiresGrad: true });
  const loss = binaryCrossEntropy(input, target);
  loss.backward();
  return { loss: loss.item(), input: input.grad!.item(), target: target.grad!.item() };
}

/** The gradient of x where σ(x) goes into the loss. */
function throughSigmoid(x: number, t: number, dtype: Float): number {
  const logit = tensor([x], { dtype, requiresGrad: true });
  binaryCrossEntropy(sigmoid(logit), tensor([t], { dtype })).backward();
  return logit.grad!.item();
}

describe('at p = 0 and p = 1', () => {
  test('a wrong answer costs 100, as in PyTorch, and a right one nothing', () => {
    expect([at(0, 1).loss, at(1, 0).loss]).toEqual([100, 100]);
    expect([at(0, 0).loss, at(1, 1).loss]).toEqual([0, 0]);
    expect(at(0, 0.25).loss).toBe(25);
  });

  test('the gradient of a wrong answer is finite and points to the right one, that of a right one is 0', () => {
    expect([at(0, 1).input, at(1, 0).input]).toEqual([-(2 ** 54), 2 ** 54]);
    expect([at(0, 1, 'float32').input, at(1, 0, 'float32').input]).toEqual([-(2 ** 25), 2 ** 25]);
    expect([at(0, 0).input, at(1, 1).input]).toEqual([0, 0]);
  });

  test('the gradient of the target is that of the clamped logarithms', () => {
    expect([at(0, 1).target, at(1, 0).target]).toEqual([100, -100]);
  });
});

test.prop([real(1e-3, 0.999), real(0, 1)])('inside, the gradient is (p − t) / (p · (1 − p))', (p, t) => {
  const exact = (p - t) / (p * (1 - p));
  expect(Math.abs(at(p, t).input - exact)).toBeLessThanOrEqual(1e-13 * Math.abs(exact));
});

test.prop([real(-36, 30)])(
  'through a sigmoid the gradient is σ(x) − t while float64 can tell σ(x) from 0 and 1',
  (x) => {
    // Near 1, p keeps only as many digits as 1 − p has left: 2⁻⁵³ of 1 in e⁻³⁰.
    expect(throughSigmoid(x, 1, 'float64') / -(1 / (1 + Math.exp(x)))).toBeCloseTo(1, 2);
  },
);

test.prop([real(-200, 200)])('through a sigmoid the gradient is never larger than 2, in float32 neither', (x) => {
  for (const dtype of ['float64', 'float32'] as const) {
    for (const t of [0, 1]) expect(Math.abs(throughSigmoid(x, t, dtype))).toBeLessThanOrEqual(2);
  }
});

test('what is no probability is refused; NaN gives NaN, so that its origin can be found', () => {
  const message =
    'binaryCrossEntropy: input has 1.5, and a probability lies between 0 and 1. ' +
    'Put a Sigmoid at the end of the model, or take BCEWithLogitsLoss, which includes it.';
  expect(() => at(1.5, 1)).toThrow(new ProbabilityError(message));
  expect(() => at(-0.1, 1)).toThrow(ProbabilityError);
  expect(at(NaN, 1).loss).toBeNaN();
});
