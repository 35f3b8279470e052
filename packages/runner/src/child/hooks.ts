import * as nodeModule from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { LoadedFile } from './learner-files.ts';
import { isPassedOver, loadOurs, toImportError } from './load-ours.ts';
import type { Places } from './places.ts';
import { isMissing, resolveAttempts } from './resolve-attempts.ts';

/** Hooks on this thread, which Node 20 does not have and `@types/node` for it does not know. */
interface SyncHooks {
  resolve(specifier: string, context: Context, next: (specifier: string, context: Context) => unknown): unknown;
  load(url: string, context: unknown, next: (url: string, context: unknown) => unknown): unknown;
}
interface Context {
  readonly parentURL?: string | undefined;
}
const { registerHooks } = nodeModule as { registerHooks?: (hooks: SyncHooks) => void };

/** Makes training files loadable from now on. Gives what was loaded since it was last called. */
export function installHooks(places: Places): () => readonly LoadedFile[] {
  return registerHooks ? installHere(registerHooks, places) : installOnThread(places);
}

function installHere(register: (hooks: SyncHooks) => void, places: Places): () => readonly LoadedFile[] {
  let loaded: LoadedFile[] = [];
  register({
    resolve(specifier, context, next) {
      // Each call of next writes into the context.
      const { parentURL } = context;
      let missing: unknown;
      for (const attempt of resolveAttempts(places, specifier, parentURL)) {
        try {
          return next(attempt.specifier, { ...context, parentURL: attempt.parentURL });
        } catch (error) {
          missing ??= error;
          if (!isMissing(error)) break;
        }
      }
      throw toImportError(missing, specifier, parentURL);
    },
    load(url, context, next) {
      return isPassedOver(places, url)
        ? next(url, context)
        : (loadOurs(url, (file) => loaded.push(file)) ?? next(url, context));
    },
  });
  return () => {
    const newest = loaded;
    loaded = [];
    return newest;
  };
}

/** On Node 20 hooks run on a thread of their own; what they load comes over a port that is read without waiting. */
function installOnThread(places: Places): () => readonly LoadedFile[] {
  const { port1: here, port2: port } = new MessageChannel();
  nodeModule.register('./hooks-thread.js', import.meta.url, { data: { places, port }, transferList: [port] });
  here.unref();
  return () => {
    const newest: LoadedFile[] = [];
    for (let next = receiveMessageOnPort(here); next; next = receiveMessageOnPort(here)) newest.push(next.message);
    return newest;
  };
}
