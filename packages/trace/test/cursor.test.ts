import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  addEvent,
  back,
  backStep,
  type Cursor,
  cursorAt,
  emptyState,
  gatesOf,
  next,
  nextStep,
  type Timeline,
  timelineOf,
} from '../src/index.ts';
import { anyEvents } from './arbitraries.ts';

const anyTimeline: fc.Arbitrary<Timeline> = fc
  .uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 })
  .map((steps) => steps.sort((a, b) => a - b))
  .chain((steps) =>
    fc.tuple(...steps.map((step) => fc.record({ step: fc.constant(step), gates: fc.nat({ max: 4 }) }))),
  );

/** A timeline and any place in it. */
const anyPlace = anyTimeline.chain((timeline) =>
  fc
    .nat({ max: timeline.length - 1 })
    .chain((at) => fc.record({ at: fc.constant(at), visited: fc.nat({ max: timeline[at]?.gates ?? 0 }) }))
    .map((cursor) => ({ timeline, cursor })),
);

type Move = (timeline: Timeline, cursor: Cursor) => Cursor | null;

/** Every place that a move reaches from a cursor, that cursor first. */
function walk(move: Move, timeline: Timeline, from: Cursor | null): Cursor[] {
  const places: Cursor[] = [];
  for (let place = from; place !== null; place = move(timeline, place)) places.push(place);
  return places;
}

describe('next and back', () => {
  test.prop([anyPlace])('back undoes next, wherever there is a next', ({ timeline, cursor }) => {
    const after = next(timeline, cursor);
    fc.pre(after !== null);
    expect(back(timeline, after)).toEqual(cursor);
  });

  test.prop([anyPlace])('next undoes back, wherever there is a back', ({ timeline, cursor }) => {
    const before = back(timeline, cursor);
    fc.pre(before !== null);
    expect(next(timeline, before)).toEqual(cursor);
  });

  test.prop([anyTimeline])('next visits every gate of every step once, in order, and stops', (timeline) => {
    const first = cursorAt(timeline, timeline[0]?.step ?? 0);
    const places = timeline.flatMap(({ gates }, at) =>
      Array.from({ length: gates + 1 }, (_, visited) => ({ at, visited })),
    );
    expect(walk(next, timeline, first)).toEqual(places);
    expect(walk(back, timeline, places.at(-1) as Cursor)).toEqual(places.reverse());
  });
});

describe('nextStep and backStep', () => {
  const isStart = ({ visited }: Cursor) => visited === 0;

  test.prop([anyPlace])('nextStep is next, repeated to the start of a step', ({ timeline, cursor }) => {
    expect(nextStep(timeline, cursor)).toEqual(walk(next, timeline, cursor).slice(1).find(isStart) ?? null);
  });

  test.prop([anyPlace])('backStep is back, repeated to the start of a step', ({ timeline, cursor }) => {
    expect(backStep(timeline, cursor)).toEqual(walk(back, timeline, cursor).slice(1).find(isStart) ?? null);
  });
});

describe('timelineOf', () => {
  test.prop([anyEvents])('every kept step and every recorded gate has one place, ascending', (events) => {
    const state = events.reduce(addEvent, emptyState());
    const timeline = timelineOf(state);
    const steps = [...state.steps, ...state.gates].map(({ step }) => step);
    expect(timeline.map(({ step }) => step)).toEqual([...new Set(steps)].sort((a, b) => a - b));
    for (const { step, gates } of timeline) expect(gatesOf(state, step)).toHaveLength(gates);
    expect(timeline.flatMap(({ step }) => gatesOf(state, step))).toHaveLength(state.gates.length);
  });

  test('gates keep the order of their visits', () => {
    const gate = (step: number, id: number) => ({ type: 'gate', step, id, op: 'mul', inputs: [], shape: [] }) as const;
    const state = [gate(2, 9), gate(2, 8), gate(1, 5), gate(2, 7)].reduce(addEvent, emptyState());
    expect(gatesOf(state, 2).map(({ id }) => id)).toEqual([9, 8, 7]);
  });
});

describe('cursorAt', () => {
  test.prop([anyPlace])('finds the start of a step by its number', ({ timeline, cursor: { at } }) => {
    expect(cursorAt(timeline, timeline[at]?.step ?? 0)).toEqual({ at, visited: 0 });
  });

  test.prop([anyTimeline])('is null for a step that the trace does not tell of', (timeline) => {
    expect(cursorAt(timeline, 1_001)).toBeNull();
  });
});
