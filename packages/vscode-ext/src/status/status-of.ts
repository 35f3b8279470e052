import type { Shown } from '../flow/run-display.ts';

/** When inlay hints are shown: VS Code's own setting. */
export type HintsMode = 'on' | 'offUnlessPressed' | 'onUnlessPressed' | 'off';

/** All that the status item looks at. */
export interface Situation {
  /** How the run that goes on is doing, whatever file is open. */
  readonly progress?: string | undefined;
  /** Whether the open file can be run at all. */
  readonly isRunnable: boolean;
  readonly isTrusted: boolean;
  readonly isFlowEnabled: boolean;
  readonly hints: HintsMode;
  /** What the open file shows, or would show. */
  readonly shown?: Shown | undefined;
  /** The last run of the open file failed, or could not begin. */
  readonly hasFailed: boolean;
}

/** What is shown of the open file, or why nothing is: the first of these that holds. */
export type Status =
  | { readonly kind: 'running'; readonly progress: string }
  | { readonly kind: 'flow'; readonly step: number }
  | {
      readonly kind:
        | 'none'
        | 'untrusted'
        | 'failed'
        | 'not-run'
        | 'edited-since'
        | 'no-layers'
        | 'no-steps'
        | 'hidden'
        | 'bars-only'
        | 'earlier';
    };

export function statusOf(situation: Situation): Status {
  const { progress, isRunnable, isTrusted, isFlowEnabled, hints, shown, hasFailed } = situation;
  if (progress !== undefined) return { kind: 'running', progress };
  if (!isRunnable && !shown) return { kind: 'none' };
  if (!isTrusted) return { kind: 'untrusted' };
  if (!shown) return { kind: hasFailed ? 'failed' : 'not-run' };
  const step = shown.flow.steps.at(-1)?.step;
  if (step === undefined) {
    if (hasFailed) return { kind: 'failed' };
    return { kind: shown.flow.layers.length === 0 ? 'no-layers' : 'no-steps' };
  }
  if (shown.age === 'lost') return { kind: 'edited-since' };
  if (shown.flow.sites.every(({ at }) => at === undefined)) return { kind: 'no-layers' };
  if (!isFlowEnabled) return { kind: 'hidden' };
  if (hints === 'off' || hints === 'offUnlessPressed') return { kind: 'bars-only' };
  return shown.age === 'earlier' ? { kind: 'earlier' } : { kind: 'flow', step };
}
