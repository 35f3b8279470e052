import { convertEvent } from './convert-event.ts';
import { TRACE_VERSION, type TraceEvent, type TraceHeader } from './events.ts';
import { isObject, SCALARS } from './scalar.ts';
import { MAX_LINE_LENGTH, stringifyHeader } from './stringify.ts';
import { describe, TraceError, type TraceErrorCode } from './trace-error.ts';

const HEADER = `the first line of a trace, ${stringifyHeader().trim()}`;

/** What a reader knows once the text is over. */
export interface TraceEnd {
  readonly header: TraceHeader;
  /** Whether `run-end` was read. If not, the trace was cut off: the run was killed, or it still goes on. */
  readonly complete: boolean;
}

/**
 * Reads a trace that arrives in pieces, cut anywhere.
 *
 * `receive` gets each event as soon as its line is whole, so nothing before a bad line is lost. Unknown fields are
 * kept; events of an unknown type and blank lines are passed over. The order that is checked: the header; `run-start`,
 * once; steps ascend; nothing after `run-end`. A layer or source that an event refers to may be missing: the event is
 * worth showing without it.
 *
 * `push` and `end` throw `TraceError`; a parser that has thrown is of no further use.
 */
export class TraceParser {
  readonly #receive: (event: TraceEvent) => void;
  #header: TraceHeader | undefined;
  #line = 1;
  #rest = '';
  #started = false;
  #ended = false;
  #step = 0;

  constructor(receive: (event: TraceEvent) => void) {
    this.#receive = receive;
  }

  /** Takes the next piece of text. */
  push(text: string): void {
    let start = 0;
    // Only the new piece is searched, so that a long line in many small pieces takes linear time.
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#collect(text.slice(start, end));
      this.#readLine();
      this.#rest = '';
      this.#line += 1;
      start = end + 1;
    }
    this.#collect(text.slice(start));
  }

  /** Says that the text is over. A last line without its newline counts if it is whole; if it was cut, it is dropped. */
  end(): TraceEnd {
    const canBeCut = this.#header !== undefined && !this.#ended;
    if (!canBeCut || parseObject(this.#rest) !== undefined) this.#readLine();
    this.#rest = '';
    if (this.#header === undefined) throw this.#error('not-a-trace', 'nothing', HEADER);
    return { header: this.#header, complete: this.#ended };
  }

  #collect(piece: string): void {
    const length = this.#rest.length + piece.length;
    if (length > MAX_LINE_LENGTH) {
      throw this.#error('line-too-long', `${length} characters or more`, `at most ${MAX_LINE_LENGTH} on a line`);
    }
    this.#rest += piece;
  }

  #readLine(): void {
    if (this.#rest.trim() === '') return;
    const value = parseObject(this.#rest);
    if (this.#header === undefined) {
      this.#header = this.#readHeader(value);
      return;
    }
    if (value === undefined) throw this.#error('not-json', describe(this.#rest), 'a JSON object on one line');
    const event = convertEvent(value, 'read', this.#line) as TraceEvent | undefined;
    if (event === undefined) return;
    this.#checkOrder(event);
    this.#receive(event);
  }

  #readHeader(value: Readonly<Record<string, unknown>> | undefined): TraceHeader {
    const version = SCALARS.ordinal.read(value?.version) as number | undefined;
    if (value?.backflow !== 'trace' || version === undefined) {
      throw this.#error('not-a-trace', describe(this.#rest), HEADER, 'Is this file a trace?');
    }
    if (version > TRACE_VERSION) {
      const advice = 'A newer Backflow wrote this trace: update this one to read it.';
      throw this.#error('newer-version', `version ${version}`, `version ${TRACE_VERSION} or older`, advice);
    }
    return { ...value, backflow: 'trace', version };
  }

  #checkOrder(event: TraceEvent): void {
    if (this.#ended) throw this.#error('wrong-order', event.type, 'nothing after run-end');
    if (!this.#started && event.type !== 'run-start') throw this.#error('wrong-order', event.type, 'run-start first');
    if (this.#started && event.type === 'run-start') throw this.#error('wrong-order', event.type, 'one run-start only');
    this.#started = true;
    this.#ended = event.type === 'run-end';
    if (event.type !== 'step') return;
    if (event.step <= this.#step) throw this.#error('wrong-order', `step ${event.step}`, `a step after ${this.#step}`);
    this.#step = event.step;
  }

  #error(code: TraceErrorCode, found: string, expected: string, advice?: string): TraceError {
    return new TraceError(code, { line: this.#line, found, expected, advice });
  }
}

/** `undefined` for anything but a JSON object: an object that was cut off is never whole JSON. */
function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
