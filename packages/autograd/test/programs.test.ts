import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { centralDifference } from '../src/central-difference.ts';
import { defineGate, type Gate, noGrad, sum, type Tensor, tensor, value } from '../src/index.ts';
import { gates, LEAF_SHAPES, type Program, programs, run, structs } from './random-program.ts';
import { isSame } from './sweep/run.ts';

/** Nearer to a kink, differences would reach across it; larger, they would lose digits to cancellation. */
const KINK_MARGIN = 0.01;
const LARGEST = 100;

/** Five-point differences of some ten gates in a row, whose values stay below a hundred. */
const RTOL = 1e-8;
const ATOL = 1e-10;

function expectClose(analytic: number, numeric: number, noise: number): void {
  const tolerance = RTOL * Math.max(Math.abs(analytic), Math.abs(numeric)) + ATOL + noise;
  expect(Math.abs(analytic - numeric)).toBeLessThanOrEqual(tolerance);
}

/** Whether differences can be trusted: no number is large, and none is near a kink. */
function isTame(program: Program): boolean {
  let tame = true;
  run(program, gates, program.leaves, ({ kink }, a, b, c, y) => {
    if (Math.abs(y) > LARGEST || Math.abs(kink?.(a, b, c) ?? 1) < KINK_MARGIN) tame = false;
  });
  return tame;
}

const scalarPrograms = programs(gates, 3);

describe('a random program of values', () => {
  test.prop([scalarPrograms])('has the gradients that differences have', (program) => {
    fc.pre(isTame(program));
    const leaves = program.leaves.map((x) => value(x));
    run(program, gates, leaves).backward();
    leaves.forEach((leaf, k) => {
      const moved = (x: number): number[] => [run(program, gates, program.leaves.with(k, x))];
      const [{ slope, noise }] = centralDifference(moved, leaf.data);
      expectClose(leaf.grad, slope, noise);
    });
  });

  test('is rarely passed over: fewer than 1 in 10 is near a kink or large', () => {
    const drawn = fc.sample(scalarPrograms, 1_000);
    expect(drawn.filter((program) => !isTame(program)).length).toBeLessThan(100);
  });

  test.prop([scalarPrograms])('is the same program on tensors with one element, bit for bit', (program) => {
    const values = program.leaves.map((x) => value(x));
    const tensors = program.leaves.map((x) => tensor(x, { requiresGrad: true }));
    const y = run(program, gates, values);
    const t = run(program, gates, tensors);
    expect(t.item()).toBe(y.data);
    expect(run(program, gates, program.leaves)).toBe(y.data);
    y.backward();
    t.backward();
    values.forEach((x, k) => {
      expect(isSame(tensors[k].grad?.item() ?? 0, x.grad)).toBe(true);
    });
  });
});

const all = { ...gates, ...structs };

/** Elements for a leaf, made from its one drawn number. */
function leafOf(x: number, k: number): Tensor {
  const shape = LEAF_SHAPES[k];
  const size = shape.reduce((n: number, m) => n * m, 1);
  return tensor(Float64Array.from({ length: size }, (_, i) => x + Math.sin(7 * i + k))).reshape(shape);
}

/** Σ of the program's result, so that it is one number. */
function total(program: Program, leaves: readonly Tensor[], see?: Parameters<typeof run<Tensor>>[3]): Tensor {
  return sum(run<Tensor>(program, all, leaves, see));
}

function isTameOnTensors(program: Program, leaves: readonly Tensor[]): boolean {
  let tame = true;
  const elementOf = (x: Tensor, i: number, n: number): number => x.expand([n / 3, 3]).data[i];
  total(program, leaves, ({ kink }, a, b, c, y) => {
    if (Array.from(y.data).some((x) => Math.abs(x) > LARGEST)) tame = false;
    for (let i = 0; i < 6 && kink !== undefined; i++) {
      if (Math.abs(kink(elementOf(a, i, 6), elementOf(b, i, 6), c)) < KINK_MARGIN) tame = false;
    }
  });
  return tame;
}

describe('a random program of tensors that broadcast', () => {
  test.prop([programs(all, LEAF_SHAPES.length, 8)])('has the gradients that differences have', (program) => {
    const leaves = program.leaves.map((x, k) => leafOf(x, k).requiresGrad_());
    fc.pre(noGrad(() => isTameOnTensors(program, leaves)));
    total(program, leaves).backward();
    leaves.forEach((leaf, k) => {
      // One element of each leaf, another one each time: all of them are checked op by op in the sweep.
      const i = program.steps.length % leaf.numel();
      const moved = (x: number): number[] => {
        const elements = Float64Array.from(leaf.data);
        elements[i] = x;
        return [noGrad(() => total(program, leaves.with(k, tensor(elements).reshape(leaf.shape)))).item()];
      };
      const [{ slope, noise }] = centralDifference(moved, leaf.data[i]);
      expectClose(leaf.grad?.data[i] ?? 0, slope, noise);
    });
  });
});

test('a fault shrinks to a program of one line or two, printed as code that runs', () => {
  const wrong: Gate<['a', 'b']> = defineGate({
    name: 'sub',
    inputs: ['a', 'b'],
    forward: (a, b) => a - b,
    vjp: { a: ({ g }) => g, b: ({ g }) => g },
  });
  const operations = { ...gates, sub: { ...gates.sub, run: wrong as (typeof gates)[string]['run'] } };
  const details = fc.check(
    fc.property(programs(operations, 2), (program) => {
      const leaves = program.leaves.map((x) => value(x));
      run(program, operations, leaves).backward();
      return leaves.every((leaf, k) => {
        const [{ slope }] = centralDifference((x) => [run(program, gates, program.leaves.with(k, x))], leaf.data);
        return Math.abs(leaf.grad - slope) < 1e-3;
      });
    }),
  );
  expect(details.failed).toBe(true);
  // fast-check drops lines from the front first, so one that only hands the fault on may stay behind it.
  expect(fc.stringify(details.counterexample?.[0])).toMatch(
    /^\nconst x0 = value\(0\);\nconst x1 = value\(0\);\nconst y0 = sub\(x\d, x\d\);\n(const y1 = .*\n)?y\d\.backward\(\);\n$/,
  );
});
