import { stringifyEvent, stringifyHeader, type TraceEvent } from '@backflow/trace';
import { TRACE_DESCRIPTOR } from './child-options.ts';
import { writeFully } from './write-fully.ts';

/** Sends the trace to the parent, whole line after whole line. */
export class TraceChannel {
  #isWriting = false;
  #waiting: (() => void) | undefined;

  constructor() {
    this.#write(stringifyHeader());
  }

  send(event: TraceEvent): void {
    this.#write(stringifyEvent(event));
  }

  /** Calls `then` between two lines: now, or after the line in whose middle the caller broke in. */
  betweenLines(then: () => void): void {
    if (this.#isWriting) this.#waiting = then;
    else then();
  }

  #write(line: string): void {
    this.#isWriting = true;
    try {
      writeFully(TRACE_DESCRIPTOR, line);
    } catch {
      // Nobody listens: the parent is gone, and what it started goes with it.
      process.kill(process.pid, 'SIGKILL');
    }
    this.#isWriting = false;
    const then = this.#waiting;
    this.#waiting = undefined;
    then?.();
  }
}
