import { centralDifference } from '../../src/central-difference.ts';
import { type Tensor, tensor } from '../../src/index.ts';
import { type Application, drawWeights } from './application.ts';
import { onApplications } from './law.ts';
import {
  apply,
  demand,
  flatten,
  forwardAt,
  gradientsOf,
  isSame,
  leavesOf,
  upstreamOf,
  weighAll,
  withElement,
} from './run.ts';

/** Five-point differences leave this much, relatively, where the function is smooth. */
const RTOL = 1e-9;
/** Differencing a gradient differences its rounding too: one digit less. */
export const SECOND_RTOL = 1e-8;
/** What a struct's sums of some dozens of terms, each about 1, lose where the terms cancel. Gates have no such sums. */
const CANCELLATION = 1e-12;
/** Sums of some dozens of products, in another order. */
const SUM_RTOL = 1e-13;

/** @throws unless the two agree, relatively to `rtol`, but for `noise`. */
export function demandClose(analytic: number, numeric: number, noise: number, rtol: number, where: string): void {
  const tolerance = rtol * Math.max(Math.abs(analytic), Math.abs(numeric)) + noise;
  demand(
    Math.abs(analytic - numeric) <= tolerance,
    () => `${where}: the rule gives ${analytic}, differences give ${numeric}, allowed ${tolerance}`,
  );
}

/** Weighs the slopes of many outputs into one, with the noise that they bring. */
function weigh(
  slopes: ReturnType<typeof centralDifference>,
  weights: ArrayLike<number>,
): [slope: number, noise: number] {
  let total = 0;
  let noise = 0;
  slopes.forEach((s, j) => {
    total += weights[j] * s.slope;
    noise += Math.abs(weights[j]) * s.noise;
  });
  return [total, noise];
}

/** Runs `check` for each element of each input that is a float. */
function eachElement(app: Application, check: (k: number, i: number, x: number, where: string) => void): void {
  app.inputs.forEach(({ role, data }, k) => {
    if (role !== 'float') return;
    for (const [i, x] of data.entries()) check(k, i, x, `∂L/∂${app.entry.op.inputs[k]}[${i}] at ${x}`);
  });
}

export const agreesWithDifferences = onApplications(
  'each gradient element agrees with five-point differences, to 1e-9, for random upstream gradients',
  (app) => {
    const inputs = leavesOf(app);
    const gradients = gradientsOf(app, inputs);
    const upstream = upstreamOf(app, apply(app, inputs)).data;
    eachElement(app, (k, i, x, where) => {
      const slopes = centralDifference((moved) => forwardAt(app, k, i, moved), x);
      const [numeric, noise] = weigh(slopes, upstream as ArrayLike<number>);
      demandClose(gradients[k]?.data[i] ?? 0, numeric, noise, RTOL, where);
    });
  },
);

/** L₂ = Σ v · gradients, and its gradient for each input and for the upstream gradient, by the tape of the tape. */
function secondGradients(app: Application, inputs: readonly Tensor[]): (Tensor | null)[] {
  const y = apply(app, inputs);
  if (!y.requiresGrad) return [];
  const g = upstreamOf(app, y).requiresGrad_();
  y.backward(g, { createGraph: true });
  const first = inputs.map((x) => x.grad);
  for (const x of inputs) x.grad = null;
  const total = weighAll(first, weightsOf(app, flatten(first).length));
  if (total?.requiresGrad) total.backward();
  return [...inputs, g].map((x) => x.grad);
}

function weightsOf(app: Application, count: number): Float64Array {
  return drawWeights(app.seed + 1, count);
}

export const agreesAtSecondOrder = onApplications(
  'gradients of gradients agree with differences of gradients, to 1e-8, for the inputs and for the upstream gradient',
  (app) => {
    const inputs = leavesOf(app);
    const second = secondGradients(app, inputs);
    if (second.length === 0) return;
    const demandSlope = (f: (x: number) => number[], x: number, analytic: number, where: string): void => {
      const slopes = centralDifference(f, x);
      const [numeric, noise] = weigh(slopes, weightsOf(app, slopes.length));
      const cancelled = app.entry.op.kind === 'struct' ? CANCELLATION : 0;
      demandClose(analytic, numeric, noise + cancelled, SECOND_RTOL, where);
    };
    eachElement(app, (k, i, x, where) => {
      const f = (moved: number): number[] => flatten(gradientsOf(withElement(app, k, i, moved)));
      demandSlope(f, x, second[k]?.data[i] ?? 0, `∂/∂x of the gradients, ${where}`);
    });
    const g = upstreamOf(app, apply(app, inputs));
    Array.from(g.data).forEach((x, i) => {
      const f = (moved: number): number[] => {
        const elements = Float64Array.from(g.data);
        elements[i] = moved;
        return flatten(gradientsOf(app, leavesOf(app), false, tensor(elements).reshape(g.shape)));
      };
      demandSlope(f, x, second.at(-1)?.data[i] ?? 0, `∂/∂g[${i}] of the gradients`);
    });
  },
);

export const isLinearUpstream = onApplications('a gradient is linear in the upstream gradient', (app) => {
  const y = apply(app, leavesOf(app));
  if (!y.requiresGrad) return;
  const [g, h] = [upstreamOf(app, y), upstreamOf(app, y, app.seed + 1)];
  const pull = (upstream: Tensor): number[] => flatten(gradientsOf(app, leavesOf(app), false, upstream));
  const [ofG, ofH] = [pull(g), pull(h)];
  const both = pull(g.detach().mul(2).sub(h));
  const largest = Math.max(0, ...ofG.map(Math.abs), ...ofH.map(Math.abs));
  // Subnormal products round to whole multiples of the smallest number: at most two of them a summand here.
  const subnormal = 2 * Number.MIN_VALUE * Math.max(1, y.numel());
  both.forEach((x, i) => {
    const expected = 2 * ofG[i] - ofH[i];
    demand(
      Math.abs(x - expected) <= SUM_RTOL * largest + subnormal,
      () => `element ${i}: 2g − h gives ${x}, and 2 × what g gives − what h gives is ${expected}`,
    );
  });
});

export const isSameWithGraph = onApplications(
  'recording the backward pass changes no bit of a gradient (float64)',
  (app) => {
    const plain = flatten(gradientsOf(app));
    const recorded = flatten(gradientsOf(app, leavesOf(app), true));
    demand(plain.length === recorded.length, () => `${plain.length} elements, recorded ${recorded.length}`);
    for (const [i, x] of plain.entries()) {
      demand(isSame(x, recorded[i]), () => `element ${i}: ${x}, recorded ${recorded[i]}`);
    }
  },
);

/** A gradient in float32 reads results that were rounded to 24 bits; a few such roundings, and a sum of some terms. */
const FLOAT32_RTOL = 2 ** -20;

export const isCloseInFloat32 = onApplications('float32 gives what float64 gives, to float32 digits', (app) => {
  const rounded = {
    ...app,
    inputs: app.inputs.map((input) => ({ ...input, data: input.data.map(Math.fround) })),
  };
  const wide = leavesOf(rounded);
  const narrow = leavesOf(rounded, () => 'float32');
  const demandAlike = (a: Tensor | null, b: Tensor | null, what: string, terms: number): void => {
    demand((a === null) === (b === null), () => `${what}: only one of float64 and float32 has it`);
    if (a === null || b === null) return;
    const largest = Math.max(terms, ...Array.from(a.data, Math.abs));
    Array.from(a.data).forEach((x, i) => {
      const error = Math.abs(x - b.data[i]);
      demand(error <= FLOAT32_RTOL * largest + 2 ** -149, () => `${what}[${i}]: float64 ${x}, float32 ${b.data[i]}`);
    });
  };
  const y = apply(rounded, wide);
  demandAlike(y, apply(rounded, narrow), 'y', 0);
  if (!y.requiresGrad) return;
  const g = tensor(Float64Array.from(upstreamOf(app, y).data, Math.fround)).reshape(y.shape);
  // Upstream gradients are about 1, and a struct adds them up.
  const terms = app.entry.op.kind === 'struct' ? 1 : 0;
  const [ofWide, ofNarrow] = [
    gradientsOf(rounded, wide, false, g),
    gradientsOf(rounded, narrow, false, g.to('float32')),
  ];
  for (const [k, a] of ofWide.entries()) demandAlike(a, ofNarrow[k], `∂L/∂${app.entry.op.inputs[k]}`, terms);
});
