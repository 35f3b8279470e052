/** Stable across versions and languages: compare this, not the message. */
export type RunnerErrorCode =
  | 'incompatible-install'
  | 'no-such-file'
  | 'not-a-file'
  | 'wrong-extension'
  | 'unreadable-trace'
  | 'cannot-start'
  | 'cannot-save'
  | 'usage';

/** Something that keeps a run, or a look at a saved one, from starting. */
export class RunnerError extends Error {
  readonly code: RunnerErrorCode;

  constructor(code: RunnerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RunnerError';
    this.code = code;
  }
}
