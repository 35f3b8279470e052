import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { addEvent, emptyState, type StepEvent, type TraceEvent, type TraceState } from '../src/index.ts';
import { anyEvents } from './arbitraries.ts';

/** The state as plain lists. */
function plain(state: TraceState) {
  const { sources, layers, steps, gates, console, diagnoses, ...rest } = state;
  const lists = { sources, layers, steps, gates, console, diagnoses };
  return { ...rest, ...Object.fromEntries(Object.entries(lists).map(([name, log]) => [name, [...log]])) };
}

/** The same, said directly of a list of events. */
function summary(events: readonly TraceEvent[]) {
  const all = <T extends TraceEvent['type']>(type: T) =>
    events.filter((event): event is Extract<TraceEvent, { type: T }> => event.type === type);
  const firstBy = <T>(items: T[], keyOf: (item: T) => unknown) =>
    items.filter((item, i) => items.findIndex((other) => keyOf(other) === keyOf(item)) === i);
  return {
    run: all('run-start').at(-1),
    sources: firstBy(all('source'), (source) => source.hash),
    layers: firstBy(all('layer'), (layer) => layer.id),
    steps: all('step').filter((step) => !step.live),
    latest: all('step').at(-1),
    gates: all('gate'),
    console: all('console'),
    diagnoses: all('diagnosis'),
    error: all('error').at(-1),
    end: all('run-end').at(-1),
  };
}

describe('addEvent', () => {
  test.prop([anyEvents])(
    'the state at each event tells what came up to it, and later events do not change it',
    (events) => {
      const states = [emptyState()];
      for (const event of events) states.push(addEvent(states.at(-1) as TraceState, event));
      for (const [count, state] of states.entries()) expect(plain(state)).toEqual(summary(events.slice(0, count)));
    },
  );

  test('two runs share nothing', () => {
    addEvent(emptyState(), { type: 'console', stream: 'stdout', text: 'first run', step: 0 });
    expect([...emptyState().console]).toEqual([]);
  });

  test('sources, layers and steps are found by what events call them', () => {
    const events: TraceEvent[] = [
      { type: 'source', file: 'train.ts', hash: '9f', text: '' },
      { type: 'layer', id: 7, kind: 'Linear', label: 'Linear(2→5)', path: '', parameters: [], figure: 'weight' },
      { type: 'step', step: 100, loss: 0.5, gradients: { 7: 0.1 } },
    ];
    const state = events.reduce(addEvent, emptyState());
    expect([state.sources.get('9f'), state.layers.get(7), state.steps.get(100)]).toEqual(events);
  });

  test('a live step is the latest and is not kept', () => {
    const live: StepEvent = { type: 'step', step: 3, loss: 0.5, gradients: {}, live: true };
    const state = addEvent(emptyState(), live);
    expect(state.latest).toBe(live);
    expect(state.steps.length).toBe(0);
  });
});
