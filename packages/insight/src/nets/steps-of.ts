import type { StepEvent, TraceState } from '@backflow/trace';

/** The steps that a trace's state knows of, in order: those of the schedule, then a newer `live` one if there is one. */
export function stepsOf({ steps, latest }: Pick<TraceState, 'steps' | 'latest'>): StepEvent[] {
  const known = Array.from(steps);
  const newest = known.at(-1)?.step ?? 0;
  return latest !== undefined && latest.step > newest ? [...known, latest] : known;
}
