import { Tensor } from '@backflow/autograd';
import { isLayer } from './is-layer.ts';
import { l2Norm } from './l2-norm.ts';
import type { Module } from './module.ts';
import { hasOptimizer, type Observer } from './observers.ts';

/*
 * A layer without parameters has no gradient of its own to show, so its outputs are made to keep theirs. `forward` is
 * shadowed on each instance that is made while somebody observes; the class stays as it is.
 */

/** Outputs of one layer in this step, and what is known of those that were let go. */
interface Uses {
  readonly outputs: Tensor[];
  /** Sum over `outputs` of what `costOf` says. */
  cost: number;
  /** Norm of the gradients of the outputs that were let go; undefined if none had come. */
  normBefore: number | undefined;
}

/**
 * Numbers that the outputs of one layer may hold, 8 MB of float64: more only come together where a program calls
 * `forward` over and over without `backward`, and then the oldest are let go, and their graphs with them.
 */
const MAX_COST = 2 ** 20;

/** What a small output counts as: its graph is far larger than itself. With `MAX_COST` at most 1,024 outputs are held. */
const MIN_COST_OF_ONE = 2 ** 10;

const usesOf = /* @__PURE__ */ new WeakMap<Module, Uses>();
const used: Set<Uses> = /* @__PURE__ */ new Set();
let isWatching = false;
let hasStepEnded = false;

/** Watches the modules that are made from now on, until the function that it returns is called. */
export function startWatching(): Observer & { stop(): void } {
  isWatching = true;
  return {
    moduleMade: watch,
    stepped: endStep,
    stop() {
      isWatching = false;
      forget();
    },
  };
}

/** Told after each `backward()`: it ends the step of a program that has no optimiser. */
export function backwardDone(): void {
  if (!hasOptimizer()) endStep();
}

/** √ Σ (∂L/∂output)² over the uses of a layer in the last step; undefined if no gradient came to it. */
export function outputNorm(module: Module): number | undefined {
  const uses = usesOf.get(module);
  if (uses === undefined) return undefined;
  return uses.outputs.reduce(withNorm, uses.normBefore);
}

function endStep(): void {
  hasStepEnded = true;
}

function watch(module: Module): void {
  // The class's own; the module's fields, and so an arrow function among them, are not there yet.
  const forward = module.forward as (...inputs: unknown[]) => unknown;
  let uses: Uses | null | undefined;
  Object.defineProperty(module, 'forward', {
    configurable: true,
    writable: true,
    enumerable: false,
    value(this: Module, ...inputs: unknown[]): unknown {
      const output = forward.apply(this, inputs);
      if (!isWatching || !(output instanceof Tensor) || !output.requiresGrad) return output;
      if (hasStepEnded) forget();
      // Only now: a module may make its parameters when it first sees an input.
      if (uses === undefined) uses = usesFor(this);
      if (uses !== null) remember(uses, output);
      return output;
    },
  });
}

/** Null for a module whose outputs are nobody's figure. */
function usesFor(module: Module): Uses | null {
  if (!isLayer(module) || module.ownParameters().length > 0) return null;
  const uses = { outputs: [], cost: 0, normBefore: undefined };
  usesOf.set(module, uses);
  return uses;
}

function remember(uses: Uses, output: Tensor): void {
  used.add(uses);
  uses.outputs.push(output.retainGrad());
  uses.cost += costOf(output);
  while (uses.cost > MAX_COST && uses.outputs.length > 1) {
    const oldest = uses.outputs.shift()!;
    uses.cost -= costOf(oldest);
    uses.normBefore = withNorm(uses.normBefore, oldest);
  }
}

/** Lets the outputs of the last step go, at the first output of the next: until then its figures can be read. */
function forget(): void {
  hasStepEnded = false;
  for (const uses of used) {
    uses.outputs.length = 0;
    uses.cost = 0;
    uses.normBefore = undefined;
  }
  used.clear();
}

function costOf(output: Tensor): number {
  return Math.max(output.numel(), MIN_COST_OF_ONE);
}

/** The norm so far together with that of the gradient of `x`, if one came to it. */
export function withNorm(norm: number | undefined, { grad }: Tensor): number | undefined {
  if (grad === null) return norm;
  return norm === undefined ? l2Norm(grad.storage) : Math.hypot(norm, l2Norm(grad.storage));
}
