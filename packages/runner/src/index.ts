export { RunnerError, type RunnerErrorCode } from './errors.ts';
export { type Run, type RunOptions, run } from './run.ts';
