import { existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { RunnerError } from './errors.ts';

/** What a training file can be. */
export const EXTENSIONS: readonly string[] = ['.ts', '.mts', '.js', '.mjs'];

/**
 * The absolute path of a training file.
 *
 * Throws `RunnerError` `no-such-file`, `not-a-file` (a folder) or `wrong-extension`.
 */
export function findTrainingFile(file: string): string {
  const path = resolve(file);
  if (!existsSync(path)) {
    const near = EXTENSIONS.find((extension) => existsSync(path + extension));
    throw new RunnerError('no-such-file', `There is no file ${file}.${near ? ` Did you mean ${file}${near}?` : ''}`);
  }
  if (!statSync(path).isFile()) {
    throw new RunnerError('not-a-file', `${file} is a folder. Name the training file in it, as in ${file}/train.ts.`);
  }
  if (!EXTENSIONS.includes(extname(path))) {
    const found = extname(path) || 'no extension';
    throw new RunnerError('wrong-extension', `${file} has ${found}, a training file has ${EXTENSIONS.join(', ')}.`);
  }
  return path;
}
