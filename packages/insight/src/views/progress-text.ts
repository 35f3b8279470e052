import type { StepEvent } from '@backflow/trace';
import { formatCount, formatDuration, formatLoss, formatRate } from '../numbers/format.ts';

/** Where a run stands. */
export interface Progress {
  /** The last finished step; 0 before the first. */
  readonly step: number;
  readonly loss?: number | undefined;
  /** Milliseconds since the run began. */
  readonly elapsedMs: number;
  /** Where it is known how many steps there will be. */
  readonly totalSteps?: number | undefined;
  /** Default: the mean speed so far. */
  readonly stepsPerSecond?: number | undefined;
}

/**
 * One line on how a run is doing: `step 1,200 of 2,000 · loss 0.6931 · 3,400 steps/s · 0.2 s left`. Time left only
 * where the total is known, else the time so far.
 */
export function progressText({ step, loss, elapsedMs, totalSteps, stepsPerSecond }: Progress): string {
  if (step === 0) return `no step yet · ${formatDuration(elapsedMs)}`;
  const speed = stepsPerSecond ?? step / (elapsedMs / 1000);
  const isTimed = Number.isFinite(speed) && speed > 0;
  const left = totalSteps === undefined ? undefined : Math.max(0, totalSteps - step);
  return [
    `step ${formatCount(step)}${totalSteps === undefined ? '' : ` of ${formatCount(totalSteps)}`}`,
    loss !== undefined && `loss ${formatLoss(loss)}`,
    isTimed && `${formatRate(speed)} steps/s`,
    isTimed && left !== undefined ? `${formatDuration((left / speed) * 1000)} left` : formatDuration(elapsedMs),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Long enough to be steady, short enough to follow a run that slows down. */
const SPEED_WINDOW_MS = 2_000;

/** Steps a second over the last two seconds of the recorded steps; undefined where no time has passed. */
export function measureSpeed(steps: readonly StepEvent[]): number | undefined {
  const last = steps.at(-1);
  const end = last?.elapsedMs;
  if (last === undefined || end === undefined) return undefined;
  const start =
    steps.findLast(({ elapsedMs }) => elapsedMs !== undefined && elapsedMs <= end - SPEED_WINDOW_MS) ?? steps[0];
  const time = end - (start?.elapsedMs ?? end);
  return start === undefined || time <= 0 ? undefined : (last.step - start.step) / (time / 1000);
}
