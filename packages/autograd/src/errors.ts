/** What every error of Backflow has: a class to catch, a `code` that stays, a message that teaches. */
export class BackflowError extends Error {
  /** Stable across versions and languages: compare this, not the message. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Shapes do not fit: they do not broadcast, inner sizes differ, an axis does not exist. */
export class ShapeError extends BackflowError {
  constructor(message: string) {
    super('shape', message);
  }
}

/** A tensor has the wrong dtype for what was asked. */
export class DtypeError extends BackflowError {
  constructor(message: string) {
    super('dtype', message);
  }
}

/** An index, label or slice bound lies outside its axis. */
export class IndexError extends BackflowError {
  constructor(message: string) {
    super('index', message);
  }
}

/** Something that is no number, `Value` or `Tensor` was given to an op. */
export class OperandError extends BackflowError {
  constructor(message: string) {
    super('operand', message);
  }
}

/** What `BackwardError.code` can be. */
export type BackwardErrorCode =
  | 'no-graph'
  | 'non-scalar'
  | 'backward-twice'
  | 'changed-in-place'
  | 'leaf-changed-in-place'
  | 'async-no-grad';

/** The graph cannot be used that way: there is none, its end is no scalar, it is used up, a saved value has changed. */
export class BackwardError extends BackflowError {
  declare readonly code: BackwardErrorCode;

  constructor(code: BackwardErrorCode, message: string) {
    super(code, message);
  }
}

/** A gradient disagrees with finite differences. */
export class GradcheckError extends BackflowError {
  constructor(message: string) {
    super('gradcheck', message);
  }
}

/** How an error names a thing that it did not expect: `an array`, `of class Linear`, `"relu"`, `3`. */
export function nameGiven(given: unknown): string {
  if (Array.isArray(given)) return 'an array';
  if (typeof given === 'function') return 'a function';
  if (typeof given === 'string') return JSON.stringify(given);
  if (typeof given === 'object' && given !== null) return `of class ${given.constructor?.name || 'Object'}`;
  return String(given);
}
