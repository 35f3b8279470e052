import { isLearnerFile, type Places } from './places.ts';

/** One way to read an import: Node resolves the specifier as if it stood in the module `parentURL`. */
export interface Attempt {
  readonly specifier: string;
  readonly parentURL: string | undefined;
}

/**
 * The ways to read an import, best first; the first that exists counts.
 *
 * - `@backflow/*`: the learner's own install, else the runner's copy, whose `exports` name every subpath. What our
 *   copies import among themselves is looked up from the training file too: two tapes in one run would not meet.
 * - `./model.js` in TypeScript may mean `./model.ts`, as TypeScript itself has it.
 */
export function resolveAttempts(places: Places, specifier: string, parentURL: string | undefined): Attempt[] {
  const asWritten = { specifier, parentURL };
  if (specifier.startsWith('@backflow/')) {
    const isTheirs = parentURL !== undefined && !places.packages.some((folder) => parentURL.startsWith(folder));
    const first = isTheirs ? asWritten : { specifier, parentURL: places.trainingFile };
    return [first, { specifier, parentURL: places.runner }];
  }
  if (/^\.{1,2}\/.*\.m?js$/.test(specifier) && parentURL !== undefined && isLearnerFile(places, parentURL)) {
    return [asWritten, { specifier: specifier.replace(/js$/, 'ts'), parentURL }];
  }
  return [asWritten];
}

/** Whether the next attempt is worth trying: nothing is there. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
}
