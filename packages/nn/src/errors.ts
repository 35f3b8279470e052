import { BackflowError } from '@backflow/autograd';

/** An argument that cannot work: a learning rate of 0, no parameters, a layer without features. */
export class ArgumentError extends BackflowError {
  constructor(message: string) {
    super('argument', message);
  }
}

/** What a runner provided for a setting does not fit the default's type. */
export class SettingError extends BackflowError {
  constructor(message: string) {
    super('setting', message);
  }
}

/** How an error names a thing that it did not expect. */
export function showKind(x: unknown): string {
  if (Array.isArray(x)) return 'an array';
  if (x === null || x === undefined) return String(x);
  if (typeof x === 'function') return 'a function';
  if (typeof x === 'object') return `of class ${x.constructor?.name || 'Object'}`;
  return JSON.stringify(x) ?? String(x);
}
