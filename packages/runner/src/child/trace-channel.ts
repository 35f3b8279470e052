import { stringifyEvent, stringifyHeader, type TraceEvent } from '@backflow/trace';
import { TRACE_DESCRIPTOR } from './child-options.ts';
import { writeFully } from './write-fully.ts';

/** Sends the trace to the parent, whole line after whole line. */
export class TraceChannel {
  #isWriting = false;

  constructor() {
    this.#write(stringifyHeader());
  }

  /** In the middle of a line: the watchdog may look in at any time, and nothing may be sent then. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  send(event: TraceEvent): void {
    this.#write(stringifyEvent(event));
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
  }
}
