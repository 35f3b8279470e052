import { Loss } from './losses/loss.ts';
import type { Module } from './module.ts';

/** Whether gradient flow is shown for it: it has parameters of its own, or nothing below it; a loss never is. */
export function isLayer(module: Module): boolean {
  if (module instanceof Loss) return false;
  return module.ownParameters().length > 0 || module.namedChildren().length === 0;
}
