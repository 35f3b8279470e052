/**
 * For programs that watch other programs train. Nothing here is called unless somebody observes.
 */

export { pinSeed } from './random.ts';

/** Raised when an observer written for an older version would misread what it is told. */
export const observerProtocol = 1;

/** What backward started from. */
export interface Root {
  /** Its value; fails for a tensor with more than one element. */
  item(): number;
}

/** Told of what happens, right after it happened. */
export interface Observer {
  /** A `backward()` has added its gradients. */
  backward?(root: Root): void;
}

const observers: Set<Observer> = /* @__PURE__ */ new Set();

/** Tells `observer` from now on, until the function that it returns is called. */
export function observe(observer: Observer): () => void {
  observers.add(observer);
  return () => {
    observers.delete(observer);
  };
}

/** Called by the engine. */
export function notifyBackward(root: Root): void {
  if (observers.size === 0) return;
  for (const observer of observers) observer.backward?.(root);
}
