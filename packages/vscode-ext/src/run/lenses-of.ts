import type { Translate } from '../words.ts';
import type { FileState } from './run-queue.ts';

/** What stands above a training file, to be pressed. */
export interface LensText {
  readonly title: string;
  readonly tooltip: string;
  readonly command: string;
}

/** The lenses of a training file. */
export function lensesOf(state: FileState, isTrusted: boolean, t: Translate): LensText[] {
  if (!isTrusted)
    return [
      {
        title: `$(workspace-untrusted) ${t('Backflow runs nothing in Restricted Mode')}`,
        tooltip: t('A training file is a program. Trust this folder to run it.'),
        command: 'workbench.trust.manage',
      },
    ];
  const stop = { tooltip: t('End the run at once. What it has shown stays.'), command: 'backflow.stop' };
  const run = { tooltip: t('Run this file and show the gradient at every layer'), command: 'backflow.run' };
  switch (state) {
    case 'idle':
      return [{ title: `$(play) ${t('Run')}`, ...run }];
    case 'running':
      return [{ title: `$(debug-stop) ${t('Stop')}`, ...stop }];
    case 'queued':
      return [{ title: `$(debug-stop) ${t('Waits for its turn: cancel')}`, ...stop }];
  }
}
