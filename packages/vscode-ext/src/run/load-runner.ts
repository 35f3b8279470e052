import type { StartRun } from './session.ts';

/**
 * Starts a run with the runner that lies in `node_modules` beside the bundle, as files: its child process is one of them.
 * It is loaded with the first run.
 */
export const startRun: StartRun = async (file, options) => {
  const { run } = await import('@backflow/runner');
  return run(file, options);
};
