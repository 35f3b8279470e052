import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadedFile } from './learner-files.ts';
import { isLearnerFile, type Places } from './places.ts';
import { type SyntaxFailure, stripTypes } from './strip-types.ts';

/** A TypeScript file that cannot run: syntax that is wrong, or that makes code and so cannot be blanked out. */
export class UnreadableFileError extends SyntaxError {
  readonly code = 'unreadable-file';
  readonly url: string;
  readonly failure: SyntaxFailure;

  constructor(url: string, failure: SyntaxFailure) {
    super(failure.message);
    this.name = 'SyntaxError';
    this.url = url;
    this.failure = failure;
  }
}

/** An import that leads nowhere, and where it was asked for. */
export interface ImportError extends Error {
  readonly code: string;
  readonly specifier: string;
  /** URL of the module with the import. */
  readonly importer: string | undefined;
}

/** Whether Node loads a file as always: all but TypeScript and the learner's own JavaScript. */
export function isPassedOver(places: Places, url: string): boolean {
  const isTyped = /^file:[^?#]*\.m?ts(?:[?#]|$)/.test(url);
  const isScript = /^file:[^?#]*\.m?js(?:[?#]|$)/.test(url);
  return !(isTyped || (isScript && isLearnerFile(places, url)));
}

/**
 * The module in a file, ready to run; undefined for CommonJS, which Node loads itself. Types are blanked out, so that
 * each position stays the learner's own; a `.js` with module syntax is a module, whatever a `package.json` says.
 *
 * Throws `UnreadableFileError` for TypeScript that cannot be stripped.
 */
export function loadOurs(
  url: string,
  report: (file: LoadedFile) => void,
): { format: 'module'; source: string; shortCircuit: true } | undefined {
  const text = new TextDecoder().decode(readFileSync(fileURLToPath(url)));
  const { pathname } = new URL(url);
  const stripped = pathname.endsWith('ts') ? stripTypes(text) : { code: text };
  if ('failure' in stripped) {
    report({ url, text, code: '' });
    throw new UnreadableFileError(url, stripped.failure);
  }
  const { code } = stripped;
  report({ url, text, code });
  const isModule = !pathname.endsWith('.js') || !isCommonJs(text);
  return isModule ? { format: 'module', source: code, shortCircuit: true } : undefined;
}

/** A plain script counts as a module too: nobody but `require` and `module.exports` needs CommonJS. */
function isCommonJs(text: string): boolean {
  return /\brequire\s*\(|\bmodule\.exports\b/.test(text) && !/^\s*(?:import|export)\b/m.test(text);
}

/** Adds to a failed import where it stands: Node tells only the module. */
export function toImportError(error: unknown, specifier: string, importer: string | undefined): unknown {
  return error instanceof Error ? Object.assign(error, { specifier, importer }) : error;
}
