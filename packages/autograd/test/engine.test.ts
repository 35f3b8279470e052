import { describe, expect, test } from 'vitest';
import {
  add,
  defineGate,
  type Gate,
  gather,
  mul,
  noGrad,
  ShapeError,
  Tensor,
  tensor,
  type Value,
  value,
  where,
} from '../src/index.ts';
import { observe } from '../src/observe.ts';

describe('size is no obstacle:', () => {
  test('a chain of a million gates goes forward and back without overflow', () => {
    const x = value(1);
    let y = x;
    for (let i = 0; i < 1_000_000; i++) y = y.add(1e-6);
    y.backward();
    expect(x.grad).toBe(1);
  });

  test('a diamond with 2^64 paths is walked once a gate, not once a path', () => {
    const x = value(1);
    let y = x;
    for (let i = 0; i < 64; i++) y = y.add(y);
    y.backward();
    expect(x.grad).toBe(2 ** 64);
  });

  test('a diamond of tensors too', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    let y: Tensor = x;
    for (let i = 0; i < 64; i++) y = y.add(y);
    y.sum().backward();
    expect(x.grad?.tolist()).toEqual([2 ** 64, 2 ** 64]);
  });
});

/** y = x² and its slope at 3, of values and of tensors alike. */
const kinds = [
  { kind: 'values', make: (): Value | Tensor => value(3) },
  { kind: 'tensors', make: (): Value | Tensor => tensor(3, { requiresGrad: true }) },
];

function gradOf(x: Value | Tensor): number | null {
  return x.grad instanceof Tensor ? x.grad.item() : x.grad;
}

function square(x: Value | Tensor): Value | Tensor {
  return mul(x as Value, x as Value);
}

describe.each(kinds)('backward on $kind', ({ make }) => {
  test('adds to the gradient of earlier calls', () => {
    const x = make();
    square(x).backward();
    square(x).backward();
    expect(gradOf(x)).toBe(12);
  });

  test('refuses a graph that it has used, and says how to keep it', () => {
    const y = square(make());
    y.backward();
    expect(() => y.backward()).toThrow(
      'backward: the graph behind this mul has been used by an earlier backward(), which let its saved values go. ' +
        'Compute the loss again, or keep the graph the first time: backward({ retainGraph: true }).',
    );
    expect(() => y.backward()).toThrow(expect.objectContaining({ code: 'backward-twice', name: 'BackwardError' }));
  });

  test('refuses a used graph also where another one leads into it', () => {
    const h = square(make());
    h.backward();
    expect(() => square(h).backward()).toThrow(expect.objectContaining({ code: 'backward-twice' }));
  });

  test('runs again where the graph was kept', () => {
    const x = make();
    const y = square(x);
    if (y instanceof Tensor) y.backward(undefined, { retainGraph: true });
    else y.backward({ retainGraph: true });
    y.backward();
    expect(gradOf(x)).toBe(12);
  });

  test('refuses what depends on nothing that wants a gradient', () => {
    const detached = square(make()).detach();
    expect(() => detached.backward()).toThrow(
      'backward: there is no gradient to compute, since nothing this depends on has requiresGrad, ' +
        'or it was computed inside noGrad or from a detached value.',
    );
    expect(() => noGrad(() => square(make())).backward()).toThrow(expect.objectContaining({ code: 'no-graph' }));
  });

  test('of a leaf itself gives 1', () => {
    const x = make();
    x.backward();
    expect(gradOf(x)).toBe(1);
  });

  test('leaves no gradient on what is no leaf, unless that was asked for', () => {
    const x = make();
    const [h, kept] = [square(x), square(x)];
    kept.retainGrad();
    add(h as Value, kept as Value).backward();
    expect(gradOf(h) || null).toBe(null);
    expect(gradOf(kept)).toBe(1);
    expect(gradOf(x)).toBe(12);
  });

  test('sends nothing past detach', () => {
    const x = make();
    mul(x as Value, x.detach() as Value).backward();
    expect(gradOf(x)).toBe(3);
  });

  test('adds nothing to any gradient if a rule throws midway', () => {
    const [x, z] = [make(), make()];
    const y = add(square(x) as Value, failing(z as Value));
    expect(() => y.backward()).toThrow('the rule failed');
    expect([gradOf(x) || null, gradOf(z) || null]).toEqual([null, null]);
    square(x).backward();
    expect(gradOf(x)).toBe(6);
  });

  test('passes by a path that a rule ends with null, whatever lies behind it', () => {
    const [x, a, b] = [make(), make(), make()];
    where(square(x) as Value, a as Value, b as Value).backward();
    expect([gradOf(x) || null, gradOf(a), gradOf(b)]).toEqual([null, 1, 0]);
  });

  test('follows a rule that reads other inputs under other arguments', () => {
    const slopes = [false, true, false].map((isSquared) => {
      const x = make();
      squareIf(x as Value, isSquared).backward();
      return gradOf(x);
    });
    expect(slopes).toEqual([1, 6, 1]);
  });

  test('refuses a changed input that the rule reads under these arguments only', () => {
    const [x, z] = [make(), make()];
    const [passed, squared] = [squareIf(x as Value, false), squareIf(z as Value, true)];
    for (const changed of [x, z]) {
      if (changed instanceof Tensor) noGrad(() => changed.add_(1));
      else changed.data += 1;
    }
    passed.backward();
    expect(() => squared.backward()).toThrow(expect.objectContaining({ code: 'changed-in-place' }));
  });

  test('tells observers, until they stop listening', () => {
    const seen: number[] = [];
    const stop = observe({ backward: (root) => seen.push(root.item()) });
    square(make()).backward();
    stop();
    square(make()).backward();
    expect(seen).toEqual([9]);
  });
});

/** x², or x as it is: what the rule reads depends on which. */
const squareIf: Gate<['x'], [isSquared: boolean], { readonly isSquared: boolean }> = defineGate({
  name: 'squareIf',
  inputs: ['x'],
  attrs: (isSquared) => ({ isSquared }),
  forward: (x, { isSquared }) => (isSquared ? x * x : x),
  vjp: { x: (at, { mul }, { isSquared }) => (isSquared ? mul(at.g, mul(2, at.x)) : at.g) },
});

/** Passes x on; its rule fails. */
const failing: Gate<['x']> = defineGate({
  name: 'failing',
  inputs: ['x'],
  forward: (x) => x,
  vjp: {
    x: ({ g }) => {
      if (wantsFailure()) throw new Error('the rule failed');
      return g;
    },
  },
});

/** Rules are tried once to see what they read; only the real call shall fail. */
let isTried = false;
function wantsFailure(): boolean {
  const before = isTried;
  isTried = true;
  return before;
}

describe('backward on tensors', () => {
  test('starts from one number, or is told the gradient', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    expect(() => x.mul(2).backward()).toThrow(
      'backward: starts from one number, and this tensor of shape [2] has 2. ' +
        'Reduce it with sum() or mean(), or give ∂L/∂this: backward(gradient).',
    );
    expect(() => x.mul(2).backward(tensor([1, 2, 3]))).toThrow(ShapeError);
    x.mul(2).backward(tensor([1, 10]));
    expect(x.grad?.tolist()).toEqual([2, 20]);
  });

  test('leaves the gradient that it was given alone, and keeps none of it', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const y = tensor([1, 2], { requiresGrad: true });
    const g = tensor([1, 10]);
    x.add(y).backward(g);
    x.grad?.zero_();
    expect([g.tolist(), y.grad?.tolist()]).toEqual([
      [1, 10],
      [1, 10],
    ]);
  });

  test('gives gradients of their own where the backward pass is recorded, too', () => {
    const [x, y] = [tensor(2, { requiresGrad: true }), tensor(3, { requiresGrad: true })];
    const h = x.add(y);
    h.mul(h).backward(undefined, { createGraph: true });
    noGrad(() => x.grad?.zero_());
    expect(y.grad?.item()).toBe(10);
  });

  test('can be recorded and differentiated again: x³ gives 3x², then 6x', () => {
    const x = tensor(2, { requiresGrad: true });
    x.mul(x).mul(x).backward(undefined, { createGraph: true });
    const first = x.grad as Tensor;
    x.grad = null;
    first.backward();
    expect([first.item(), (x.grad as Tensor | null)?.item()]).toEqual([12, 12]);
  });
});

describe('an index or a condition that itself wants a gradient', () => {
  test('gets none and stops nothing', () => {
    const x = tensor([1, 2, 3], { requiresGrad: true });
    const index = tensor([0, 2], { requiresGrad: true });
    gather(x, index.mul(1), 0).sum().backward();
    expect(x.grad?.tolist()).toEqual([1, 0, 1]);
    expect(index.grad).toBe(null);
  });
});
