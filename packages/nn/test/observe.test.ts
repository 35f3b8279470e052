import { manualSeed, mul, sum, type Tensor, tensor } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { afterEach, describe, expect } from 'vitest';
import {
  Adam,
  BCEWithLogitsLoss,
  LeakyReLU,
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

const x = tensor([
  [1, -2],
  [0.5, 3],
]);

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

describe('what is observed', () => {
  test('has the fields that it would have', () => {
    const alone = Object.keys(new LeakyReLU());
    listen();
    expect(Object.keys(new LeakyReLU())).toEqual(alone);
  });

  test('keeps gradients of no more outputs than figures need', () => {
    listen();
    const [linear, model, loss] = [new Linear(2, 1), new Sequential(new ReLU()), new MSELoss()];
    const h = linear.forward(x);
    expect(h.retainsGrad).toBe(false);
    expect(loss.forward(h, tensor([[0], [1]])).retainsGrad).toBe(false);
    expect(model.forward(h).retainsGrad).toBe(true);
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
    loss: fc.constantFrom(
      () => new MSELoss(),
      () => new BCEWithLogitsLoss(),
    ),
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
    expect([new Sequential(new ReLU()), new MSELoss(), new BCEWithLogitsLoss()].map(isLayer)).toEqual([
      false,
      false,
      false,
    ]);
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
    expect(pathsOf([a, b])).toEqual(
      new Map([
        [a, ''],
        [b, 'next'],
      ]),
    );
  });
});
