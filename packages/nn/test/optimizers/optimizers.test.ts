import { mul, type Tensor, tensor, zeros } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  Adam,
  type AdamOptions,
  ArgumentError,
  Linear,
  type Optimizer,
  Sequential,
  SGD,
  type SGDOptions,
} from '../../src/index.ts';
import { real } from '../arbitraries.ts';

/** What an optimiser remembers of one number between steps. */
type State = { t: number; [name: string]: number };

/** PyTorch's SGD for one number, line by line as its documentation has it. */
function sgd(w: number, grad: number, state: State, options: SGDOptions): number {
  const { lr, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = options;
  let g = grad;
  if (weightDecay !== 0) g = g + weightDecay * w;
  if (momentum !== 0) {
    if (state.t > 1) state.b = momentum * state.b! + (1 - dampening) * g;
    else state.b = g;
    if (nesterov) g = g + momentum * state.b;
    else g = state.b;
  }
  return w - lr * g;
}

/** PyTorch's Adam for one number, as its documentation has it, and Keras's place for ε. */
function adam(w: number, grad: number, state: State, options: AdamOptions): number {
  const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, epsHat = false, weightDecay = 0 } = options;
  let g = grad;
  if (weightDecay !== 0) g = g + weightDecay * w;
  state.m = betas[0] * (state.m ?? 0) + (1 - betas[0]) * g;
  state.v = betas[1] * (state.v ?? 0) + (1 - betas[1]) * g ** 2;
  if (epsHat) {
    const alpha = (lr * Math.sqrt(1 - betas[1] ** state.t)) / (1 - betas[0] ** state.t);
    return w - (alpha * state.m) / (Math.sqrt(state.v) + eps);
  }
  const mHat = state.m / (1 - betas[0] ** state.t);
  const vHat = state.v / (1 - betas[1] ** state.t);
  return w - (lr * mHat) / (Math.sqrt(vHat) + eps);
}

const share = real(0, 0.99);
const rate = real(0.001, 0.5);
const decay = fc.oneof(fc.constant(0), real(0.001, 0.2));

const anySGD: fc.Arbitrary<SGDOptions> = fc.oneof(
  fc.record({ lr: rate, weightDecay: decay }, { requiredKeys: ['lr'] }),
  fc.record({ lr: rate, momentum: share, dampening: share, weightDecay: decay }, { requiredKeys: ['lr', 'momentum'] }),
  fc.record({ lr: rate, momentum: real(0.01, 0.99), nesterov: fc.constant(true), weightDecay: decay }),
);

const anyAdam: fc.Arbitrary<AdamOptions> = fc.record(
  {
    lr: rate,
    betas: fc.tuple(share, share),
    eps: fc.constantFrom(1e-8, 1e-7, 1e-2),
    epsHat: fc.boolean(),
    weightDecay: decay,
  },
  { requiredKeys: [] },
);

/** The gradients of two parameters, of one and two elements, over some steps; null where one has none. */
const anyGradients = fc.array(
  fc.tuple(fc.option(fc.tuple(real(-3, 3)), { freq: 5 }), fc.option(fc.tuple(real(-3, 3), real(-3, 3)), { freq: 5 })),
  { minLength: 1, maxLength: 12 },
);

/** Steps both ways and compares after each. Relative: weights are of the order of 1 here, some much larger. */
function expectTrajectory<O>(
  optimizer: Optimizer,
  params: readonly Tensor[],
  options: O,
  reference: (w: number, g: number, state: State, options: O) => number,
  gradients: readonly (readonly (readonly number[] | null)[])[],
): void {
  const weights = params.map((x) => Array.from(x.data));
  const states = weights.map((w) => w.map((): State => ({ t: 0 })));
  for (const step of gradients) {
    params.forEach((x, i) => {
      const given = step[i] ?? null;
      x.grad = given === null ? null : tensor(given);
      if (given === null) return;
      weights[i] = weights[i]!.map((w, j) => {
        const state = states[i]![j]!;
        state.t++;
        return reference(w, given[j]!, state, options);
      });
    });
    optimizer.step();
    params.forEach((x, i) => {
      const apart = weights[i]!.map((w, j) => Math.abs(w - x.data[j]!) / Math.max(1, Math.abs(w)));
      expect(Math.max(...apart)).toBeLessThanOrEqual(1e-12);
    });
  }
}

const start = (): Tensor[] => [tensor([0.5], { requiresGrad: true }), tensor([-2, 1], { requiresGrad: true })];

test.prop([anySGD, anyGradients])(
  'SGD goes the way of PyTorch; a parameter without a gradient waits',
  (options, gradients) => {
    const params = start();
    expectTrajectory(new SGD(params, options), params, options, sgd, gradients);
  },
);

test.prop([anyAdam, anyGradients])(
  'Adam goes the way of PyTorch, or of Keras; a parameter without a gradient waits',
  (options, gradients) => {
    const params = start();
    expectTrajectory(new Adam(params, options), params, options, adam, gradients);
  },
);

test('a float32 parameter stays one and goes about the same way', () => {
  for (const make of [
    (x: Tensor) => new SGD([x], { lr: 0.1, momentum: 0.9 }),
    (x: Tensor) => new Adam([x], { lr: 0.1 }),
  ]) {
    const [narrow, wide] = [tensor([1], { dtype: 'float32', requiresGrad: true }), tensor([1], { requiresGrad: true })];
    const optimizers = [make(narrow), make(wide)];
    for (let step = 1; step <= 10; step++) {
      narrow.grad = tensor([Math.sin(step)], { dtype: 'float32' });
      wide.grad = tensor([Math.sin(step)]);
      for (const optimizer of optimizers) optimizer.step();
    }
    expect(narrow.dtype).toBe('float32');
    expect(Math.abs(narrow.item() - wide.item())).toBeLessThan(1e-5);
  }
});

test('weights that are infinite stay so without weight decay', () => {
  const w = tensor([Infinity], { requiresGrad: true });
  w.grad = tensor([1]);
  new SGD([w], { lr: 0.1 }).step();
  expect(w.item()).toBe(Infinity);
});

const makers = {
  SGD: (params: Iterable<Tensor>, lr: number): Optimizer => new SGD(params, { lr }),
  Adam: (params: Iterable<Tensor>, lr: number): Optimizer => new Adam(params, { lr }),
};

describe.each(Object.entries(makers))('%s', (name, make) => {
  const one = (): Tensor => tensor([1], { requiresGrad: true });

  test('zeroGrad clears what it updates', () => {
    const model = new Linear(2, 1);
    const optimizer = make(model.parameters(), 0.1);
    model
      .forward(zeros([2]))
      .sum()
      .backward();
    optimizer.zeroGrad();
    expect(model.parameters().map((x) => x.grad)).toEqual([null, null]);
  });

  test('lr can be changed between steps', () => {
    const w = one();
    const optimizer = make([w], 0.1);
    optimizer.lr = 0.5;
    w.grad = tensor([1]);
    optimizer.step();
    expect(w.item()).toBeCloseTo(0.5, 6);
  });

  test('a parameter that is given twice is updated once', () => {
    const w = one();
    const optimizer = make([w, w], 0.5);
    w.grad = tensor([1]);
    optimizer.step();
    expect(w.item()).toBeCloseTo(0.5, 6);
  });

  test('an update between forward and backward is a change in place, by name', () => {
    const w = one();
    const optimizer = make([w], 0.1);
    const y = mul(w, w);
    w.grad = tensor([1]);
    optimizer.step();
    expect(() => y.backward()).toThrow(`${name}.step changed it in place afterwards`);
  });

  test.each([
    [[], 'there are no parameters to train.'],
    [new Linear(1, 1), 'params is of class Linear, expected the parameters of a model. Write model.parameters().'],
    [
      new Sequential(new Linear(1, 1)),
      'params is of class Sequential, expected the parameters of a model. Write model.parameters().',
    ],
    [undefined, 'params is undefined, expected the parameters of a model. Write model.parameters().'],
    [[1], 'parameter 0 is 1, expected a Tensor.'],
    [[one(), mul(one(), 2)], 'parameter 1 is the result of mul, so changing it would change no weight.'],
  ])('params that cannot be trained are refused: %#', (params, message) => {
    expect(() => make(params as never, 0.1)).toThrow(ArgumentError);
    expect(() => make(params as never, 0.1)).toThrow(`${name}: ${message}`);
  });

  test.each([0, -0.1, NaN, Infinity, '0.1'])('a learning rate of %j is refused', (lr) => {
    expect(() => make([one()], lr as number)).toThrow(/^(SGD|Adam): lr is .*, expected a number above 0\.$/);
  });
});

test.each([
  [() => new SGD([tensor([1])], {} as SGDOptions), 'SGD: lr is undefined, expected a number above 0.'],
  [
    () => new SGD([tensor([1])], 0.5 as unknown as SGDOptions),
    'SGD: options is 0.5, expected an object. Write { lr: 0.5 }.',
  ],
  [
    () => new SGD([tensor([1])], undefined as unknown as SGDOptions),
    'SGD: options is undefined, expected an object. Write { lr: 0.1 }.',
  ],
  [
    () => new Adam([tensor([1])], 0.5 as unknown as AdamOptions),
    'Adam: options is 0.5, expected an object. Write { lr: 0.5 }.',
  ],
  [() => new SGD([tensor([1])], { lr: 1, momentum: -1 }), 'SGD: momentum is -1, expected a number from 0 on.'],
  [() => new SGD([tensor([1])], { lr: 1, dampening: NaN }), 'SGD: dampening is NaN, expected a number that is finite.'],
  [() => new SGD([tensor([1])], { lr: 1, weightDecay: -1 }), 'SGD: weightDecay is -1, expected a number from 0 on.'],
  [
    () => new SGD([tensor([1])], { lr: 1, nesterov: true }),
    'SGD: nesterov looks ahead along the momentum: it needs momentum above 0 and dampening 0, given 0 and 0.',
  ],
  [
    () => new SGD([tensor([1])], { lr: 1, nesterov: true, momentum: 0.9, dampening: 0.1 }),
    'SGD: nesterov looks ahead along the momentum: it needs momentum above 0 and dampening 0, given 0.9 and 0.1.',
  ],
  [() => new Adam([tensor([1])], { betas: [1, 0.9] }), 'Adam: betas[0] is 1, expected a number from 0 to below 1.'],
  [
    () => new Adam([tensor([1])], { betas: [0.9, -0.1] }),
    'Adam: betas[1] is -0.1, expected a number from 0 to below 1.',
  ],
  [() => new Adam([tensor([1])], { eps: -1 }), 'Adam: eps is -1, expected a number from 0 on.'],
  [() => new Adam([tensor([1])], { weightDecay: NaN }), 'Adam: weightDecay is NaN, expected a number from 0 on.'],
])('an option that cannot work is refused: %#', (make, message) => {
  expect(make).toThrow(new ArgumentError(message));
});

test('Adam starts with the defaults of PyTorch', () => {
  const { lr, betas, eps, epsHat, weightDecay } = new Adam([tensor([1])]);
  expect({ lr, betas, eps, epsHat, weightDecay }).toEqual({
    lr: 1e-3,
    betas: [0.9, 0.999],
    eps: 1e-8,
    epsHat: false,
    weightDecay: 0,
  });
});
