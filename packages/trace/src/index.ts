export {
  back,
  backStep,
  type Cursor,
  cursorAt,
  gatesOf,
  next,
  nextStep,
  type Timeline,
  type TimelineStep,
  timelineOf,
} from './cursor.ts';
export {
  type ConsoleEvent,
  type DiagnosisEvent,
  type ErrorEvent,
  type GateEvent,
  type LayerEvent,
  type Position,
  type RunEndEvent,
  type RunStartEvent,
  type SourceEvent,
  type SourceRange,
  type StepEvent,
  TRACE_VERSION,
  type TraceEvent,
  type TraceHeader,
} from './events.ts';
export type { Log } from './log.ts';
export { parseTrace, type Trace } from './parse-trace.ts';
export { MAX_LINE_LENGTH, stringifyEvent, stringifyHeader } from './stringify.ts';
export { TraceError, type TraceErrorCode } from './trace-error.ts';
export { type TraceEnd, TraceParser } from './trace-parser.ts';
export { addEvent, emptyState, type TraceState } from './trace-state.ts';
