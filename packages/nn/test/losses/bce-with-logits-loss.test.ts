import { tensor } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { binaryCrossEntropyWithLogits } from '../../src/index.ts';
import { real } from '../arbitraries.ts';

function at(x: number, t: number): { loss: number; gradient: number } {
  const logit = tensor([x], { requiresGrad: true });
  const loss = binaryCrossEntropyWithLogits(logit, tensor([t]));
  loss.backward();
  return { loss: loss.item(), gradient: logit.grad!.item() };
}

test.prop([real(30, 700)])('a tail keeps its loss e⁻ˣ and its slope, on both sides', (x) => {
  const tail = Math.exp(-x);
  for (const { loss, gradient } of [at(x, 1), at(-x, 0)]) {
    expect(Math.abs(loss / tail - 1)).toBeLessThan(1e-12);
    expect(Math.abs(Math.abs(gradient) / tail - 1)).toBeLessThan(1e-12);
  }
});

test.prop([fc.double({ min: 40, max: 1e300, noNaN: true })])(
  'a certain and wrong answer costs |x|, with slope 1',
  (x) => {
    expect(at(-x, 1)).toEqual({ loss: x, gradient: -1 });
    expect(at(x, 0)).toEqual({ loss: x, gradient: 1 });
  },
);

test.prop([real(-50, 50), real(0, 1)])(
  'it is the same for −x and 1 − t, to the last bit but for the rounding of 1 − t',
  (x, t) => {
    const [there, back] = [at(x, t), at(-x, 1 - t)];
    expect(Math.abs(there.loss - back.loss)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(x)));
    expect(Math.abs(there.gradient + back.gradient)).toBeLessThanOrEqual(1e-15);
  },
);
