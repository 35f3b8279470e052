import { mul, sum, tensor } from '@backflow/autograd';
import { expect, test } from 'vitest';
import { ReLU } from '../src/index.ts';
import { gradientNorm, observe } from '../src/observe.ts';

// A file of its own: whether a program has an optimiser is known for the whole program.
test('in a program without an optimiser a step ends with its backward, and its figure is that of the last', () => {
  observe({});
  const layer = new ReLU();
  const w = tensor([1], { requiresGrad: true });
  const figures = [3, 4].map((slope) => {
    sum(mul(layer.forward(w), slope)).backward();
    return gradientNorm(layer);
  });
  expect(figures).toEqual([3, 4]);
});
