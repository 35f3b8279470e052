import { convertEvent } from './convert-event.ts';
import { TRACE_VERSION, type TraceEvent, type TraceHeader } from './events.ts';
import { EVENT_FIELDS } from './schema.ts';
import { describe, TraceError } from './trace-error.ts';

/**
 * Longest line of a trace, in UTF-16 code units. The longest honest one carries the text of a source file, and few
 * of those reach a hundredth of this; a hostile one of this length costs its reader some 200 MB.
 */
export const MAX_LINE_LENGTH: number = 4 * 1024 * 1024;

/** What JSON leaves as it is and some readers of lines (Node's `readline`, Python's `splitlines`) break at. */
const OTHER_LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/** First line of a trace, with its newline. */
export function stringifyHeader(): string {
  const header: TraceHeader = { backflow: 'trace', version: TRACE_VERSION };
  return `${JSON.stringify(header)}\n`;
}

/**
 * One event as one line, with its newline.
 *
 * Throws `TraceError` for an event that `parseTrace` would not take back.
 */
export function stringifyEvent(event: TraceEvent): string {
  const plain = convertEvent(event, 'write');
  if (plain === undefined) {
    const expected = `one of ${Object.keys(EVENT_FIELDS).join(', ')}`;
    throw new TraceError('wrong-field', { field: 'type', found: describe(event.type), expected });
  }
  const line = JSON.stringify(plain).replace(OTHER_LINE_BREAKS, escapeCharacter);
  if (line.length > MAX_LINE_LENGTH) {
    throw new TraceError('line-too-long', {
      field: event.type,
      found: `${line.length} characters`,
      expected: `at most ${MAX_LINE_LENGTH} on a line`,
      advice: 'Split a long text over several events.',
    });
  }
  return `${line}\n`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
