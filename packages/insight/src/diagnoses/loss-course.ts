import type { StepEvent } from '@backflow/trace';
import { formatCount } from '../numbers/format.ts';

/** A loss that is down to half of where it started has learned something, however the gradient looks on the way. */
export const LEARNED_SHARE: number = 1 / 2;

/** Where a net's loss came from and where it stands. */
export interface LossCourse {
  readonly first: StepEvent;
  readonly last: StepEvent;
  /** Never for a loss that began at or below 0: it has no half to fall to. */
  readonly learned: boolean;
}

/** Undefined before the first step. */
export function followLoss(steps: readonly StepEvent[]): LossCourse | undefined {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return { first, last, learned: first.loss > 0 && last.loss <= LEARNED_SHARE * first.loss };
}

/** The earliest recorded step from which on `holds` is true to the end, in words: `since step 12`. */
export function findSince(
  steps: readonly StepEvent[],
  holds: (step: StepEvent) => boolean,
): { readonly step: StepEvent; readonly words: string } | undefined {
  const index = steps.findLastIndex((step) => !holds(step)) + 1;
  const step = steps[index];
  if (step === undefined) return undefined;
  // Not every step is recorded: between the last step that was otherwise and this one it may have begun earlier.
  const exact = step.step === 1 || steps[index - 1]?.step === step.step - 1;
  return { step, words: `since step ${formatCount(step.step)}${exact ? '' : ' at the latest'}` };
}
