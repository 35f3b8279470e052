import type { GateEvent } from './events.ts';
import type { TraceState } from './trace-state.ts';

/** A training step that playback can stop in, with the number of gates recorded of its backward pass. */
export interface TimelineStep {
  readonly step: number;
  readonly gates: number;
}

/** Every step that a trace tells of, ascending: what a cursor moves over. */
export type Timeline = readonly TimelineStep[];

/** A place in a timeline, as plain data. */
export interface Cursor {
  /** Index in the timeline. */
  readonly at: number;
  /** Gates of that step already visited, so the index of the gate that comes next; all of them: the step is over. */
  readonly visited: number;
}

/** The timeline of what is known so far. A step that failed half-way may have gates and no figures. */
export function timelineOf({ steps, gates }: Pick<TraceState, 'steps' | 'gates'>): Timeline {
  const counts = new Map<number, number>();
  for (const { step } of steps) counts.set(step, 0);
  for (const { step } of gates) counts.set(step, (counts.get(step) ?? 0) + 1);
  return Array.from(counts, ([step, gates]) => ({ step, gates })).sort((a, b) => a.step - b.step);
}

/** The gates recorded of a step, in the order of the visits: `gatesOf(state, step)[cursor.visited]` comes next. */
export function gatesOf({ gates }: Pick<TraceState, 'gates'>, step: number): readonly GateEvent[] {
  return Array.from(gates).filter((gate) => gate.step === step);
}

/** The start of a step; null if the timeline does not have it. */
export function cursorAt(timeline: Timeline, step: number): Cursor | null {
  return startOf(
    timeline,
    timeline.findIndex((each) => each.step === step),
  );
}

/** One gate on; after a step's last gate, the start of the next step. Null at the end. Undone by `back`. */
export function next(timeline: Timeline, { at, visited }: Cursor): Cursor | null {
  return visited < gatesAt(timeline, at) ? { at, visited: visited + 1 } : startOf(timeline, at + 1);
}

/** One gate back; from a step's start, the end of the step before. Null at the beginning. Undone by `next`. */
export function back(timeline: Timeline, { at, visited }: Cursor): Cursor | null {
  if (visited > 0) return { at, visited: visited - 1 };
  return at > 0 ? { at: at - 1, visited: gatesAt(timeline, at - 1) } : null;
}

/** The start of the next step; null in the last one. */
export function nextStep(timeline: Timeline, { at }: Cursor): Cursor | null {
  return startOf(timeline, at + 1);
}

/** The start of this step or, from there, of the step before; null at the beginning. */
export function backStep(timeline: Timeline, { at, visited }: Cursor): Cursor | null {
  return startOf(timeline, visited > 0 ? at : at - 1);
}

function startOf(timeline: Timeline, at: number): Cursor | null {
  return timeline[at] === undefined ? null : { at, visited: 0 };
}

function gatesAt(timeline: Timeline, at: number): number {
  return timeline[at]?.gates ?? 0;
}
