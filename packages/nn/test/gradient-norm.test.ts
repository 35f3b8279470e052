import { add, mul, noGrad, sum, type Tensor, tensor } from '@backflow/autograd';
import { observe as observeAutograd } from '@backflow/autograd/observe';
import { afterEach, describe, expect, test } from 'vitest';
import { Linear, Module, ReLU, SGD, Tanh } from '../src/index.ts';
import { gradientNorm, type Observer, observe } from '../src/observe.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Observes until the test ends. */
function listen(observer: Observer = {}): void {
  stops.push(observe(observer));
}

function norm(x: Tensor | null): number {
  return Math.hypot(...Array.from(x!.data));
}

const x = tensor([
  [1, -2],
  [0.5, 3],
]);

describe('the figure of a layer', () => {
  test('with a weight is the norm of ∂L/∂weight, whatever its bias gets', () => {
    const layer = new Linear(2, 1);
    expect(gradientNorm(layer)).toBeUndefined();
    sum(layer.forward(x)).backward();
    expect(gradientNorm(layer)).toBeCloseTo(norm(layer.weight.grad), 14);
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
    const expected = Math.hypot(
      ...u.map((s) => 2 * s),
      ...v.map((f) => 3 * (1 - Math.tanh(3 * f) ** 2) * 2 * Math.tanh(3 * f)),
    );
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
    for (const [layer, slope] of [
      [a, 3],
      [a, 4],
      [b, 5],
    ] as const) {
      sum(mul(layer.forward(w), slope)).backward();
      optimizer.step();
    }
    expect(figures).toEqual([
      [3, undefined],
      [4, undefined],
      [undefined, 5],
    ]);
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

  test('starts anew after steps of many passes, and after many steps', () => {
    listen();
    const layer = new ReLU();
    const w = tensor([1], { requiresGrad: true });
    const optimizer = new SGD([w], { lr: 1e-9 });
    for (let pass = 0; pass < 1_100; pass++) sum(layer.forward(w)).backward();
    optimizer.step();
    for (let step = 0; step < 1_100; step++) {
      sum(layer.forward(w)).backward();
      optimizer.step();
    }
    expect(gradientNorm(layer)).toBe(1);
    const [first, second] = [layer.forward(w), layer.forward(w)];
    sum(mul(add(first, second), 3)).backward();
    expect(gradientNorm(layer)).toBeCloseTo(3 * Math.SQRT2, 14);
  });

  test('is gone with the last observer', () => {
    const stop = observe({});
    const layer = new ReLU();
    sum(layer.forward(tensor([1], { requiresGrad: true }))).backward();
    expect(gradientNorm(layer)).toBe(1);
    stop();
    expect(gradientNorm(layer)).toBeUndefined();
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
