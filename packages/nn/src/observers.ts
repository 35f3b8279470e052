import type { Module } from './module.ts';
import type { Optimizer } from './optimizers/optimizer.ts';

/** Told of what a training file makes and does, synchronously. */
export interface Observer {
  /**
   * A module is being made. Called in the base constructor: the stack leads to its `new`, but its own fields, and so
   * its parameters, are not there yet.
   */
  moduleMade?(module: Module): void;
  /** An optimiser was made. Called in the base constructor, after its parameters were checked. */
  optimizerMade?(optimizer: Optimizer): void;
  /** An optimiser has updated its parameters. */
  stepped?(optimizer: Optimizer): void;
}

/** Who is told. Empty unless `@backflow/nn/observe` is used, and then nothing here costs more than one look. */
export const observers: Set<Observer> = /* @__PURE__ */ new Set();

let optimizersMade = 0;

/** Whether steps end at `optimizer.step()`. Until the program makes an optimiser they end at `backward()`. */
export function hasOptimizer(): boolean {
  return optimizersMade > 0;
}

/** Called by `Module`. */
export function notifyModuleMade(module: Module): void {
  for (const observer of observers) observer.moduleMade?.(module);
}

/** Called by `Optimizer`. */
export function notifyOptimizerMade(optimizer: Optimizer): void {
  optimizersMade++;
  for (const observer of observers) observer.optimizerMade?.(optimizer);
}

/** Called by `Optimizer`. */
export function notifyStepped(optimizer: Optimizer): void {
  for (const observer of observers) observer.stepped?.(optimizer);
}
