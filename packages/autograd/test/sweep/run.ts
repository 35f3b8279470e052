import { type DType, noGrad, sum, type Tensor, tensor } from '../../src/index.ts';
import { type Application, callable, drawWeights } from './application.ts';

/** What a law throws when it does not hold. */
export function demand(holds: boolean, otherwise: () => string): void {
  if (!holds) throw new Error(otherwise());
}

/** The inputs as tensors; floats want gradients. */
export function leavesOf(app: Application, dtype: (k: number) => DType = () => 'float64'): Tensor[] {
  return app.inputs.map(({ role, shape, data }, k) => {
    const dtypes = { float: dtype(k), truth: 'bool', index: 'int32' } as const;
    return tensor(Float64Array.from(data), { dtype: dtypes[role] })
      .reshape(shape)
      .requiresGrad_(role === 'float');
  });
}

/** The op applied. */
export function apply(app: Application, inputs: readonly unknown[]): Tensor {
  return callable(app.entry)(...inputs, ...app.params);
}

/** Random gradients of the shape and dtype of `y`. */
export function upstreamOf(app: Application, y: Tensor, seed = app.seed): Tensor {
  return tensor(drawWeights(seed, y.numel()), { dtype: y.dtype }).reshape(y.shape);
}

/** Elements of the result, with element `i` of input `k` moved to `x`. */
export function forwardAt(app: Application, k: number, i: number, x: number): ArrayLike<number> {
  return noGrad(() => apply(app, leavesOf(withElement(app, k, i, x)))).data;
}

/** The same application with one element of one input replaced. */
export function withElement(app: Application, k: number, i: number, x: number): Application {
  return {
    ...app,
    inputs: app.inputs.map((input, j) => (j === k ? { ...input, data: input.data.with(i, x) } : input)),
  };
}

/** The gradient of each input, or null where none arrived, with upstream `g` (by default the random one). */
export function gradientsOf(
  app: Application,
  inputs = leavesOf(app),
  createGraph = false,
  g?: Tensor,
): (Tensor | null)[] {
  const y = apply(app, inputs);
  if (y.requiresGrad) y.backward(g ?? upstreamOf(app, y), { createGraph });
  return inputs.map((x) => x.grad);
}

/** All elements of all gradients one after another. */
export function flatten(gradients: readonly (Tensor | null)[]): number[] {
  return gradients.flatMap((gradient) => (gradient === null ? [] : Array.from(gradient.data)));
}

/** Σ of all elements of all gradients, weighted: one number to differentiate once more. */
export function weighAll(gradients: readonly (Tensor | null)[], weights: Float64Array): Tensor | null {
  let total: Tensor | null = null;
  let start = 0;
  for (const gradient of gradients) {
    if (gradient === null) continue;
    const part = tensor(weights.slice(start, start + gradient.numel())).reshape(gradient.shape);
    start += gradient.numel();
    const weighed = sum(gradient.mul(part));
    total = total === null ? weighed : total.add(weighed);
  }
  return total;
}

/** Whether two numbers are the same bits; 0 and −0 count as one, and so do all NaN. */
export function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
