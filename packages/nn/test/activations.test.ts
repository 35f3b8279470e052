import {
  elu,
  leakyRelu,
  logSoftmax,
  mul,
  relu,
  sigmoid,
  softmax,
  softplus,
  sum,
  type Tensor,
  tanh,
} from '@backflow/autograd';
import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { ELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, Softmax, Softplus, Tanh, type TensorModule } from '../src/index.ts';
import { leaf, offKink } from './arbitraries.ts';
import { expectGradients } from './central-differences.ts';

const rows: [label: string, module: TensorModule, op: (x: Tensor) => Tensor][] = [
  ['Sigmoid', new Sigmoid(), sigmoid],
  ['Tanh', new Tanh(), tanh],
  ['ReLU', new ReLU(), relu],
  ['LeakyReLU(0.01)', new LeakyReLU(), (x) => leakyRelu(x, 0.01)],
  ['LeakyReLU(0.3)', new LeakyReLU(0.3), (x) => leakyRelu(x, 0.3)],
  ['ELU(1)', new ELU(), (x) => elu(x, 1)],
  ['ELU(0.5)', new ELU(0.5), (x) => elu(x, 0.5)],
  ['Softplus', new Softplus(), softplus],
  ['Softmax(dim 0)', new Softmax(0), (x) => softmax(x, 0)],
  ['Softmax(dim -1)', new Softmax(-1), (x) => softmax(x, 1)],
  ['LogSoftmax(dim 0)', new LogSoftmax(0), (x) => logSoftmax(x, 0)],
  ['LogSoftmax(dim -1)', new LogSoftmax(-1), (x) => logSoftmax(x, 1)],
];

describe.each(rows)('%s', (label, module, op) => {
  test('has this label and no parameters', () => {
    expect(module.label()).toBe(label);
    expect(module.parameters()).toEqual([]);
  });

  test.prop([leaf([2, 3], offKink)])('computes what the op does', (x) => {
    expect(module.forward(x).tolist()).toEqual(op(x).tolist());
  });

  test.prop([leaf([2, 3], offKink), leaf([2, 3])], { numRuns: 100 })(
    '∂L/∂x agrees with central differences',
    (x, g) => {
      expectGradients(() => sum(mul(module.forward(x), g.detach())), [x]);
    },
  );
});
