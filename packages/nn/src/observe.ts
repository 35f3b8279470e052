/**
 * For programs that watch other programs train, such as a runner. It costs nothing until `observe` is called, and
 * changes no number of the training then.
 */
import { observe as observeAutograd } from '@backflow/autograd/observe';
import { isParameter, type Module } from './module.ts';
import { type Observer, observers } from './observers.ts';
import { backwardDone, outputNorm, startWatching, withNorm } from './watch-outputs.ts';

export { isLayer } from './is-layer.ts';
export type { Module } from './module.ts';
export type { Observer } from './observers.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { provideSettings, type Setting, settingsAsked } from './setting.ts';

/** Raised when an observer written for an older version would misread what it is told. */
export const observerProtocol = 1;

/**
 * Tells `observer` from now on, until the function that it returns is called.
 *
 * While anybody observes, the outputs of new layers without parameters keep their gradients, for `gradientNorm`.
 */
export function observe(observer: Observer): () => void {
  if (observers.size === 0) startWatchingOutputs();
  observers.add(observer);
  return () => {
    observers.delete(observer);
    if (observers.size === 1) stopWatchingOutputs();
  };
}

let stopWatchingOutputs: () => void = () => {};

/** The watcher is an observer too: the first, so that it knows of a step's end before the others ask for figures. */
function startWatchingOutputs(): void {
  const watcher = startWatching();
  const stopAutograd = observeAutograd({ backward: backwardDone });
  observers.add(watcher);
  stopWatchingOutputs = () => {
    observers.delete(watcher);
    stopAutograd();
    watcher.stop();
  };
}

/** A module as a view shows it. */
export interface Description {
  /** Class name. */
  readonly kind: string;
  /** For people: `Linear(2→5)`. */
  readonly label: string;
  /** Its own, without those of its children. */
  readonly parameters: { readonly name: string; readonly shape: readonly number[] }[];
  /** Whose norm `gradientNorm` gives: ∂L/∂weight, or, without parameters, ∂L/∂output. */
  readonly figure: 'weight' | 'output';
}

/** Describes a module by its own parameters; call it once the module is made, not while it is. */
export function describe(module: Module): Description {
  const parameters = module.ownParameters().map(([name, { shape }]) => ({ name, shape }));
  return {
    kind: module.constructor.name || 'Module',
    label: module.label(),
    parameters,
    figure: parameters.length > 0 ? 'weight' : 'output',
  };
}

/**
 * L2 norm of the gradient that reached a layer in the step that just ended, undefined if none did.
 *
 * It is that of ∂L/∂weight; where no parameter is called `weight`, of all of the layer's own together; and where it has
 * none, of ∂L/∂output over all its uses in the step. Ask when the step has ended, before the next forward.
 */
export function gradientNorm(module: Module): number | undefined {
  // Asked of every layer at every step, so the two usual cases come first and walk no fields.
  const { weight } = module as { readonly weight?: unknown };
  if (isParameter(weight)) return withNorm(undefined, weight);
  let norm = outputNorm(module);
  if (norm !== undefined) return norm;
  for (const [, parameter] of module.ownParameters()) norm = withNorm(norm, parameter);
  return norm;
}

/** Names of modules by path, each walked from one that no other contains: the model itself is ''. */
export function pathsOf(modules: Iterable<Module>): Map<Module, string> {
  const all = [...modules];
  const contained = new Set(all.flatMap((module) => module.children()));
  const paths = new Map<Module, string>();
  // Roots first. What is left then contains itself by some way round.
  for (const root of [...all.filter((module) => !contained.has(module)), ...all]) {
    if (paths.has(root)) continue;
    for (const [path, module] of root.namedModules()) if (!paths.has(module)) paths.set(module, path);
  }
  return paths;
}
