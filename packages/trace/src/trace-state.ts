import type {
  ConsoleEvent,
  DiagnosisEvent,
  ErrorEvent,
  GateEvent,
  LayerEvent,
  RunEndEvent,
  RunStartEvent,
  SourceEvent,
  StepEvent,
  TraceEvent,
} from './events.ts';
import { Log } from './log.ts';

/** What is known of a run at one event of its trace: all that a view has to draw. */
export interface TraceState {
  readonly run?: RunStartEvent;
  /** By hash. */
  readonly sources: Log<SourceEvent, string>;
  /** By id. */
  readonly layers: Log<LayerEvent, number>;
  /** By step. The steps of the schedule, ascending; `live` ones only pass through `latest`. */
  readonly steps: Log<StepEvent, number>;
  /** The newest step, `live` or not. */
  readonly latest?: StepEvent;
  /** In the order of the visits; `gatesOf` picks those of one step. */
  readonly gates: Log<GateEvent>;
  readonly console: Log<ConsoleEvent>;
  readonly diagnoses: Log<DiagnosisEvent>;
  readonly error?: ErrorEvent;
  /** Absent while the run goes on, and if the trace was cut off. */
  readonly end?: RunEndEvent;
}

/** What an event of each type adds to the state. */
const ADDS: {
  readonly [Type in TraceEvent['type']]: (
    state: TraceState,
    event: Extract<TraceEvent, { type: Type }>,
  ) => Partial<TraceState>;
} = {
  'run-start': (_, run) => ({ run }),
  source: ({ sources }, event) => ({ sources: sources.append(event) }),
  layer: ({ layers }, event) => ({ layers: layers.append(event) }),
  step: ({ steps }, latest) => ({ latest, steps: latest.live ? steps : steps.append(latest) }),
  gate: ({ gates }, event) => ({ gates: gates.append(event) }),
  console: (state, event) => ({ console: state.console.append(event) }),
  diagnosis: ({ diagnoses }, event) => ({ diagnoses: diagnoses.append(event) }),
  error: (_, error) => ({ error }),
  'run-end': (_, end) => ({ end }),
};

/** The state before the first event. Every run starts from one of its own, since runs share no memory. */
export function emptyState(): TraceState {
  return {
    sources: Log.empty((source: SourceEvent) => source.hash),
    layers: Log.empty((layer: LayerEvent) => layer.id),
    steps: Log.empty((step: StepEvent) => step.step),
    gates: Log.empty(),
    console: Log.empty(),
    diagnoses: Log.empty(),
  };
}

/** The state after one more event. Earlier states stay what they were: `events.reduce(addEvent, emptyState())`. */
export function addEvent(state: TraceState, event: TraceEvent): TraceState {
  return { ...state, ...ADDS[event.type](state, event as never) };
}
