export { RunnerError, type RunnerErrorCode } from './errors.ts';
export { loadTrace } from './load-trace.ts';
export { type Run, type RunOptions, run } from './run.ts';
export { TraceFile } from './trace-file.ts';
