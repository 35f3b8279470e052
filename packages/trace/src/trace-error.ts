/**
 * What is wrong with a trace:
 * - `not-a-trace`: the first line is not a trace header, or there is no line at all;
 * - `newer-version`: a later version of this package wrote it;
 * - `not-json`: a line is not a JSON object;
 * - `missing-field`, `wrong-field`: an event lacks a field, or something else stands in it;
 * - `wrong-order`: an event stands where it cannot have happened;
 * - `line-too-long`: a line is longer than `MAX_LINE_LENGTH`.
 */
export type TraceErrorCode =
  | 'not-a-trace'
  | 'newer-version'
  | 'not-json'
  | 'missing-field'
  | 'wrong-field'
  | 'wrong-order'
  | 'line-too-long';

/** Where something does not fit, and what would. */
export interface TraceErrorDetails {
  /** Line of the trace, from 1; absent where an event was being written. */
  readonly line?: number | undefined;
  /** Path of the field, from the event's type on: `layer.at.start.line`. */
  readonly field?: string | undefined;
  /** What stands there, in words, cut to a short excerpt. */
  readonly found: string;
  readonly expected: string;
  /** What to try, as a sentence. */
  readonly advice?: string | undefined;
}

/** A trace, or an event about to be written, that does not keep the contract. */
export class TraceError extends Error {
  /** Stable across versions and languages: compare this, not the message. */
  readonly code: TraceErrorCode;
  readonly line: number | undefined;
  readonly field: string | undefined;
  readonly found: string;
  readonly expected: string;

  constructor(code: TraceErrorCode, { line, field, found, expected, advice }: TraceErrorDetails) {
    const where = line === undefined ? 'Event to write' : `Trace line ${line}`;
    const what = field === undefined ? '' : `, field ${describe(field)}`;
    super(`${where}${what}: found ${found}, expected ${expected}.${advice === undefined ? '' : ` ${advice}`}`);
    this.name = 'TraceError';
    this.code = code;
    this.line = line;
    this.field = field;
    this.found = found;
    this.expected = expected;
  }
}

/** Long enough to recognise a line by, short enough to stand in a message. */
const EXCERPT_LENGTH = 60;

/** A value in the words of an error: its text in short, or what sort of thing it is. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length <= EXCERPT_LENGTH ? value : `${value.slice(0, EXCERPT_LENGTH)}…`);
}
