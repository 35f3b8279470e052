/**
 * The hooks of `hooks.ts` for Node 20, which calls them on a thread of their own and lets them wait.
 */
import type { LoadHook, ResolveHook } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { isPassedOver, loadOurs, toImportError } from './load-ours.ts';
import type { Places } from './places.ts';
import { isMissing, resolveAttempts } from './resolve-attempts.ts';

let places: Places;
let port: MessagePort;

export function initialize(data: { places: Places; port: MessagePort }): void {
  ({ places, port } = data);
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  // Each call of next writes into the context.
  const { parentURL } = context;
  let missing: unknown;
  for (const attempt of resolveAttempts(places, specifier, parentURL)) {
    try {
      return await next(attempt.specifier, { ...context, parentURL: attempt.parentURL });
    } catch (error) {
      missing ??= error;
      if (!isMissing(error)) break;
    }
  }
  throw toImportError(missing, specifier, parentURL);
};

export const load: LoadHook = async (url, context, next) => {
  const ours = isPassedOver(places, url) ? undefined : loadOurs(url, (file) => port.postMessage(file));
  return ours ?? next(url, context);
};
