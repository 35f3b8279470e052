import { stringifyEvent, stringifyHeader, type TraceEvent } from '@backflow/trace';
import { TRACE_DESCRIPTOR } from './child-options.ts';
import type { CriticalSection } from './critical-section.ts';
import { writeFully } from './write-fully.ts';

/** Sends the trace to the parent, whole line after whole line. */
export class TraceChannel {
  readonly #section: CriticalSection;

  constructor(section: CriticalSection) {
    this.#section = section;
    this.#write(stringifyHeader());
  }

  send(event: TraceEvent): void {
    this.#write(stringifyEvent(event));
  }

  #write(line: string): void {
    this.#section.run(() => {
      try {
        writeFully(TRACE_DESCRIPTOR, line);
      } catch {
        // Nobody listens: the parent is gone, and what it started goes with it.
        process.kill(process.pid, 'SIGKILL');
      }
    });
  }
}
