import { manualSeed, mul, noGrad, sum, type Tensor, tensor } from '@backflow/autograd';
import { observe as observeAutograd } from '@backflow/autograd/observe';
import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect } from 'vitest';
import {
  Adam,
  BCEWithLogitsLoss,
  Linear,
  Module,
  MSELoss,
  ReLU,
  Sequential,
  SGD,
  Sigmoid,
  Tanh,
  type TensorModule,
} from '../src/index.ts';
import {
  describe as describeModule,
  gradientNorm,
  isLayer,
  type Observer,
  observe,
  observerProtocol,
  pathsOf,
} from '../src/observe.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Observes until the test ends. */
function listen(observer: Observer = {}): () => void {
  const stop = observe(observer);
  stops.push(stop);
  return stop;
}

function norm(x: Tensor | null): number {
  return Math.sqrt(Array.from(x!.data).reduce((total, g) => total + g * g, 0));
}

const x = tensor([[1, -2], [0.5, 3]]);

test('the protocol has its version', () => {
  expect(observerProtocol).toBe(1);
});

describe('an observer is told', () => {
  test('of every module as it is made, with a stack that leads to its `new`, and before its fields are there', () => {
    const made: { module: Module; stack: string; isEmpty: boolean }[] = [];
    listen({
      moduleMade: (module) =>
        made.push({ module, stack: String(new Error('here').stack), isEmpty: module.ownParameters().length === 0 }),
    });
    const layer = new Linear(1, 1);
    expect(made.map(({ module }) => module)).toEqual([layer]);
    expect(made[0]!.stack).toContain('observe.test.ts');
    expect(made[0]!.isEmpty).toBe(true);
  });

  test('of every optimiser, and of its steps once the parameters have changed', () => {
    const told: unknown[] = [];
    const w = tensor([1], { requiresGrad: true });
    listen({ optimizerMade: (o) => told.push(o), stepped: (o) => told.push([o, w.item()]) });
    const optimizer = new SGD([w], { lr: 0.5 });
    w.grad = tensor([1]);
    optimizer.step();
    expect(told).toEqual([optimizer, [optimizer, 0.5]]);
  });

  test('no more once it has stopped, while others still are', () => {
    const told: string[] = [];
    const stopFirst = listen({ moduleMade: () => told.push('first') });
    listen({ moduleMade: () => told.push('second') });
    stopFirst();
    stopFirst();
    new ReLU();
    expect(told).toEqual(['second']);
  });
});

describe('what nobody observes', () => {
  test('stays as it is: no module gets a forward of its own', () => {
    expect(Object.hasOwn(new ReLU(), 'forward')).toBe(false);
  });

  test('has no figure', () => {
    const layer = new ReLU();
    sum(layer.forward(tensor([1], { requiresGrad: true }))).backward();
    expect(gradientNorm(layer)).toBeUndefined();
  });

  test('is left alone again once observing has stopped', () => {
    const stop = listen();
    const layer = new ReLU();
    stop();
    const y = layer.forward(tensor([1], { requiresGrad: true }));
    expect(y.retainsGrad).toBe(false);
    expect(Object.hasOwn(new ReLU(), 'forward')).toBe(false);
  });
});

describe('observing changes no bit of the training', () => {
  const activation = fc.constantFrom<() => TensorModule>(
    () => new ReLU(),
    () => new Sigmoid(),
    () => new Tanh(),
  );
  const anyTraining = fc.record({
    seed: fc.nat(),
    activations: fc.array(activation, { minLength: 1, maxLength: 4 }),
    loss: fc.constantFrom(() => new MSELoss(), () => new BCEWithLogitsLoss()),
    optimizer: fc.constantFrom(
      (params: Tensor[]) => new SGD(params, { lr: 0.5, momentum: 0.9 }),
      (params: Tensor[]) => new Adam(params, { lr: 0.1 }),
    ),
  });

  test.prop([anyTraining], { numRuns: 100 })('same seed, same weights', ({ seed, activations, loss, optimizer }) => {
    const train = (): number[][] => {
      manualSeed(seed);
      const hidden = activations.flatMap((make) => [new Linear(2, 2), make()]);
      const model = new Sequential(...hidden, new Linear(2, 1));
      const criterion = loss();
      const rule = optimizer(model.parameters());
      const losses: number[] = [];
      for (let step = 0; step < 5; step++) {
        rule.zeroGrad();
        const y = criterion.forward(model.forward(x), tensor([[0], [1]]));
        y.backward();
        rule.step();
        losses.push(y.item());
      }
      return [losses, ...model.parameters().map((parameter) => Array.from(parameter.data))];
    };
    const alone = train();
    const made: Module[] = [];
    let figures = 0;
    const stop = listen({
      moduleMade: (module) => made.push(module),
      stepped: () => {
        for (const module of made) if (isLayer(module) && gradientNorm(module) !== undefined) figures++;
      },
    });
    const observed = train();
    stop();
    // Object.is under toEqual: −0 is not 0.
    expect(observed).toEqual(alone);
    expect(figures).toBe(5 * (2 * activations.length + 1));
  });
});

describe('the figure of a layer', () => {
  test('with a weight is the norm of ∂L/∂weight, whatever its bias gets', () => {
    const layer = new Linear(2, 1);
    expect(gradientNorm(layer)).toBeUndefined();
    sum(layer.forward(x)).backward();
    expect(gradientNorm(layer)).toBe(norm(layer.weight.grad));
  });

  test('with parameters of other names is the norm over all of them', () => {
    class Scale extends Module {
      a = tensor([2], { requiresGrad: true });
      b = tensor([3], { requiresGrad: true });
      forward(input: Tensor): Tensor {
        return mul(mul(input, this.a), this.b);
      }
    }
    const layer = new Scale();
    sum(layer.forward(tensor([1]))).backward();
    expect(gradientNorm(layer)).toBeCloseTo(Math.hypot(3, 2), 14);
  });

  test('without parameters is the norm of ∂L/∂output over all its uses in the step', () => {
    listen();
    const squash = new Tanh();
    const w = tensor([0.3, -0.2], { requiresGrad: true });
    const first = squash.forward(w);
    const second = squash.forward(mul(first, 3));
    sum(mul(second, second)).backward();
    // ∂L/∂second = 2 · second; ∂L/∂first = 3 · (1 − second²) · ∂L/∂second.
    const [u, v] = [Array.from(second.data), Array.from(first.data)];
    const expected = Math.hypot(...u.map((s) => 2 * s), ...v.map((f) => 3 * (1 - Math.tanh(3 * f) ** 2) * 2 * Math.tanh(3 * f)));
    expect(gradientNorm(squash)).toBeCloseTo(expected, 14);
  });

  test('is 0 for a gradient that is exactly 0, and undefined where none came', () => {
    listen();
    const [dead, unused] = [new ReLU(), new ReLU()];
    const w = tensor([-1], { requiresGrad: true });
    unused.forward(w);
    sum(mul(dead.forward(w), 0)).backward();
    expect(gradientNorm(dead)).toBe(0);
    expect(gradientNorm(unused)).toBeUndefined();
  });

  test('is that of one step: the uses of the step before are forgotten', () => {
    const figures: unknown[] = [];
    const layers: Module[] = [];
    listen({ stepped: () => figures.push(layers.map(gradientNorm)) });
    const [a, b] = [new ReLU(), new ReLU()];
    layers.push(a, b);
    const w = tensor([1], { requiresGrad: true });
    const optimizer = new SGD([w], { lr: 1e-9 });
    for (const [layer, slope] of [[a, 3], [a, 4], [b, 5]] as const) {
      sum(mul(layer.forward(w), slope)).backward();
      optimizer.step();
    }
    expect(figures).toEqual([[3, undefined], [4, undefined], [undefined, 5]]);
  });

  test('counts all backward passes of a step', () => {
    listen();
    const layer = new ReLU();
    const w = tensor([1], { requiresGrad: true });
    new SGD([w], { lr: 0.1 });
    for (const slope of [3, 4]) sum(mul(layer.forward(w), slope)).backward();
    expect(gradientNorm(layer)).toBe(5);
  });

  test('misses nothing over more passes in a step than outputs are held', () => {
    listen();
    const layer = new ReLU();
    const w = tensor([1], { requiresGrad: true });
    new SGD([w], { lr: 0.1 });
    for (let pass = 0; pass < 2_500; pass++) sum(layer.forward(w)).backward();
    expect(gradientNorm(layer)).toBeCloseTo(50, 10);
  });

  test('is not about what runs under noGrad', () => {
    listen();
    const layer = new ReLU();
    const w = tensor([1], { requiresGrad: true });
    const y = layer.forward(w);
    expect(noGrad(() => layer.forward(w)).retainsGrad).toBe(false);
    sum(mul(y, 2)).backward();
    expect(gradientNorm(layer)).toBe(2);
  });

  test('of a forward that is an arrow function is not known, and the module works', () => {
    class Arrow extends Module {
      forward = (input: Tensor): Tensor => mul(input, 2);
    }
    listen();
    const layer = new Arrow();
    const y = layer.forward(tensor([1], { requiresGrad: true }));
    y.backward();
    expect([y.item(), gradientNorm(layer)]).toEqual([2, undefined]);
  });

  test('is known though a subclass calls the forward of its base', () => {
    class Twice extends ReLU {
      override forward(input: Tensor): Tensor {
        return mul(super.forward(input), 2);
      }
    }
    listen();
    const layer = new Twice();
    sum(mul(layer.forward(tensor([1], { requiresGrad: true })), 5)).backward();
    expect(gradientNorm(layer)).toBe(5);
  });
});

describe('forward over and over without backward', () => {
  test('holds the newest outputs and lets the oldest go', () => {
    listen();
    const layer = new ReLU();
    const w = tensor([1], { requiresGrad: true });
    const outputs = Array.from({ length: 1_025 }, () => layer.forward(w));
    sum(outputs[0]!).backward();
    expect(gradientNorm(layer)).toBeUndefined();
    sum(outputs[1]!).backward();
    expect(gradientNorm(layer)).toBe(1);
  });

  test('holds few large ones, and always the newest', () => {
    listen();
    const layer = new ReLU();
    const large = tensor(new Float64Array(2 ** 20 + 1)).requiresGrad_();
    const [old, young] = [layer.forward(large), layer.forward(large)];
    sum(old).backward();
    expect(gradientNorm(layer)).toBeUndefined();
    sum(young).backward();
    expect(gradientNorm(layer)).toBeCloseTo(2 ** 10, 2);
  });
});

describe('layers', () => {
  class Head extends Module {
    scale = tensor([1], { requiresGrad: true });
    inner = new Linear(1, 1);
    forward(input: Tensor): Tensor {
      return mul(this.inner.forward(input), this.scale);
    }
  }

  test('are what has parameters of its own or nothing below it, but no loss', () => {
    expect([new Linear(1, 1), new ReLU(), new Head()].map(isLayer)).toEqual([true, true, true]);
    expect([new Sequential(new ReLU()), new MSELoss(), new BCEWithLogitsLoss()].map(isLayer)).toEqual([false, false, false]);
  });

  test('are described by class, label, own parameters and whose norm is shown', () => {
    expect(describeModule(new Linear(2, 5))).toEqual({
      kind: 'Linear',
      label: 'Linear(2→5)',
      parameters: [
        { name: 'weight', shape: [5, 2] },
        { name: 'bias', shape: [5] },
      ],
      figure: 'weight',
    });
    expect(describeModule(new ReLU())).toEqual({ kind: 'ReLU', label: 'ReLU', parameters: [], figure: 'output' });
    expect(describeModule(new Head()).parameters).toEqual([{ name: 'scale', shape: [1] }]);
  });

  test('have names by path from the modules that no other contains', () => {
    const [a, b, criterion] = [new Linear(1, 1), new ReLU(), new MSELoss()];
    const model = new Sequential(a, new Sequential(b));
    expect(pathsOf([a, b, criterion, model])).toEqual(
      new Map<Module, string>([
        [criterion, ''],
        [model, ''],
        [a, '0'],
        [[...model][1] as Module, '1'],
        [b, '1.0'],
      ]),
    );
  });

  test('in a ring get names too', () => {
    class Link extends Module {
      next: Link | null = null;
      forward(input: Tensor): Tensor {
        return input;
      }
    }
    const [a, b] = [new Link(), new Link()];
    a.next = b;
    b.next = a;
    expect(pathsOf([a, b])).toEqual(new Map([[a, ''], [b, 'next']]));
  });
});

test('a figure can be read in a listener of backward that was there first', () => {
  const figures: unknown[] = [];
  let layer: Module | null = null;
  stops.push(observeAutograd({ backward: () => figures.push(gradientNorm(layer!)) }));
  listen();
  layer = new ReLU();
  const w = tensor([1], { requiresGrad: true });
  sum(mul((layer as ReLU).forward(w), 3)).backward();
  expect(figures).toEqual([3]);
});
