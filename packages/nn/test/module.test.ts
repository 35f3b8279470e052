import { mul, noGrad, type Tensor, tensor, zeros } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Linear, Module, ReLU, Sequential } from '../src/index.ts';

/** Whatever fields it is given. */
class Part extends Module {
  [field: string]: unknown;

  forward(x: Tensor): Tensor {
    return x;
  }
}

function weight(): Tensor {
  return zeros([1], { requiresGrad: true });
}

/** Parts that hold each other and parameters in any way: shared, in arrays, in rings. The first is the root. */
const anyParts: fc.Arbitrary<{ parts: Part[]; parameters: Tensor[] }> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 4 }))
  .chain(([partCount, parameterCount]) =>
    fc.record({
      partCount: fc.constant(partCount),
      parameterCount: fc.constant(parameterCount),
      links: fc.array(
        fc.record({ from: fc.nat(partCount - 1), to: fc.nat(partCount + parameterCount - 1), inArray: fc.boolean() }),
        { maxLength: 16 },
      ),
    }),
  )
  .map(({ partCount, parameterCount, links }) => {
    const parts = Array.from({ length: partCount }, () => new Part());
    const parameters = Array.from({ length: parameterCount }, weight);
    const all = [...parts, ...parameters];
    links.forEach(({ from, to, inArray }, i) => {
      parts[from]![`f${i}`] = inArray ? [all[to]] : all[to];
    });
    return { parts, parameters };
  });

/** What a path leads to from the root, field by field. */
function follow(root: unknown, path: string): unknown {
  return path === ''
    ? root
    : path.split('.').reduce((at, field) => (at as Record<string, unknown>)[field], root as unknown);
}

/** Everything that can be reached from the root, found without the code under test. */
function reachable(root: Part): Set<unknown> {
  const found = new Set<unknown>([root]);
  for (const at of found) {
    if (at instanceof Part) for (const field of Object.values(at)) for (const x of [field].flat()) found.add(x);
  }
  return found;
}

describe('names', () => {
  test.prop([anyParts])(
    'every module that can be reached has one path, which leads to it, rings or not',
    ({ parts }) => {
      const root = parts[0]!;
      const named = root.namedModules();
      expect(new Set(named.map(([, module]) => module))).toEqual(
        new Set(parts.filter((part) => reachable(root).has(part))),
      );
      expect(named).toHaveLength(new Set(named.map(([path]) => path)).size);
      for (const [path, module] of named) expect(follow(root, path)).toBe(module);
      expect(root.modules()).toEqual(named.map(([, module]) => module));
    },
  );

  test.prop([anyParts])(
    'every parameter that can be reached has one path, which leads to it',
    ({ parts, parameters }) => {
      const root = parts[0]!;
      const named = root.namedParameters();
      expect(new Set(named.map(([, x]) => x))).toEqual(new Set(parameters.filter((x) => reachable(root).has(x))));
      expect(named).toHaveLength(new Set(named.map(([, x]) => x)).size);
      for (const [path, x] of named) expect(follow(root, path)).toBe(x);
      expect(root.parameters()).toEqual(named.map(([, x]) => x));
    },
  );

  test('they are those of PyTorch, in its order: own parameters first, then module by module', () => {
    class Net extends Module {
      layers = new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1, { bias: false }));
      heads = [new Linear(1, 1)];
      scale = weight();

      forward(x: Tensor): Tensor {
        return this.layers.forward(x);
      }
    }
    const net = new Net();
    expect(net.namedParameters().map(([path]) => path)).toEqual([
      'scale',
      'layers.0.weight',
      'layers.0.bias',
      'layers.2.weight',
      'heads.0.weight',
      'heads.0.bias',
    ]);
    expect(net.namedModules().map(([path]) => path)).toEqual([
      '',
      'layers',
      'layers.0',
      'layers.1',
      'layers.2',
      'heads.0',
    ]);
    expect(net.children()).toEqual([net.layers, net.heads[0]]);
  });

  test('what is shared has the first of its names, a module as a weight', () => {
    const tied = new Part();
    tied.encoder = new Linear(2, 2, { bias: false });
    tied.decoder = new Part();
    (tied.decoder as Part).weight = (tied.encoder as Linear).weight;
    expect(tied.namedParameters().map(([path]) => path)).toEqual(['encoder.weight']);
    const shared = new Linear(2, 2);
    expect(new Sequential(shared, shared).namedParameters().map(([path]) => path)).toEqual(['0.weight', '0.bias']);
  });
});

describe('parameters', () => {
  test('a buffer, a frozen weight and the result of an op are none', () => {
    const part = new Part();
    part.buffer = zeros([2]);
    part.frozen = weight().requiresGrad_(false);
    part.result = mul(weight(), 2);
    part.weight = weight();
    expect(part.namedParameters().map(([path]) => path)).toEqual(['weight']);
  });

  test('a frozen weight is one again once it is thawed', () => {
    const layer = new Linear(2, 1, { bias: false });
    layer.weight.requiresGrad_(false);
    expect(layer.parameters()).toEqual([]);
    layer.weight.requiresGrad_();
    expect(layer.parameters()).toEqual([layer.weight]);
  });

  test('zeroGrad clears every gradient', () => {
    const model = new Sequential(new Linear(2, 2), new Linear(2, 1));
    model
      .forward(tensor([1, 2]))
      .sum()
      .backward();
    expect(model.parameters().every((x) => x.grad !== null)).toBe(true);
    model.zeroGrad();
    expect(model.parameters().every((x) => x.grad === null)).toBe(true);
  });
});

describe('training', () => {
  test('starts as true; eval and train set it everywhere below', () => {
    const model = new Sequential(new Sequential(new ReLU()), new ReLU());
    const modes = (): boolean[] => model.modules().map((module) => module.training);
    expect(modes()).toEqual([true, true, true, true]);
    expect(model.eval()).toBe(model);
    expect(modes()).toEqual([false, false, false, false]);
    expect(model.train()).toBe(model);
    expect(modes()).toEqual([true, true, true, true]);
  });
});

describe('the title in errors', () => {
  test('names the path from the outermost module that was walked, whatever was walked later', () => {
    const layer = new Linear(2, 5);
    const layers = new Sequential(layer);
    const net = new Part();
    net.layers = layers;
    expect(layer.title()).toBe('Linear(2→5)');
    net.parameters();
    layers.parameters();
    expect(layer.title()).toBe('Linear(2→5) "layers.0"');
  });

  test('a wrong input is told with its shape and what was expected', () => {
    const net = new Part();
    net.layers = new Sequential(new Linear(2, 5));
    net.parameters();
    expect(() => noGrad(() => (net.layers as Sequential).forward(zeros([4, 3])))).toThrow(
      'Linear(2→5) "layers.0": input has 3 features (shape [4, 3]), expected 2.',
    );
  });
});
