import type { TraceEvent } from './events.ts';
import { type TraceEnd, TraceParser } from './trace-parser.ts';

/** A trace as it was read, in the order in which things happened. */
export interface Trace extends TraceEnd {
  readonly events: readonly TraceEvent[];
}

/**
 * A trace from its whole text.
 *
 * A text that was cut off is readable, even in the middle of its last line: then `complete` is false. Anything else
 * that does not keep the contract is a `TraceError`; to keep the events before it, use a `TraceParser`.
 */
export function parseTrace(text: string): Trace {
  const events: TraceEvent[] = [];
  const parser = new TraceParser((event) => events.push(event));
  parser.push(text);
  return { ...parser.end(), events };
}
