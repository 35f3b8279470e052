import { measureSpeed, progressText } from '@backflow/insight';
import type { ConsoleEvent, StepEvent, TraceEvent } from '@backflow/trace';

/** Smooth to the eye, and cheap. */
const REDRAW_MS = 100;
/** Steps from which the speed is measured; live ones come four a second, and the speed looks two seconds back. */
const RECENT_STEPS = 200;
const CLEAR = '\r\u001b[2K';

/** The line at the bottom of a terminal that says how the run is doing, with the learner's output above it. */
export class ProgressLine {
  readonly #write: (text: string) => void;
  readonly #width: () => number;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #recent: StepEvent[] = [];
  #totalSteps: number | undefined;
  /** The learner is in the middle of a line: drawing ours would tear it. */
  #isTorn = false;

  constructor(write: (text: string) => void, width: () => number) {
    this.#write = write;
    this.#width = width;
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
  }

  receive(event: TraceEvent): void {
    if (event.type === 'run-start') this.#totalSteps = event.totalSteps;
    if (event.type === 'step') this.#recent = [...this.#recent.slice(-RECENT_STEPS), event];
  }

  /** Makes way for a piece of the learner's output. */
  print({ text }: ConsoleEvent, write: (text: string) => void): void {
    if (!this.#isTorn) this.#write(CLEAR);
    write(text);
    this.#isTorn = !text.endsWith('\n');
    this.#draw();
  }

  /** Clears the line for good. */
  close(): void {
    clearInterval(this.#timer);
    this.#write(this.#isTorn ? '\n' : CLEAR);
  }

  #draw(): void {
    if (this.#isTorn) return;
    const last = this.#recent.at(-1);
    const text = progressText({
      step: last?.step ?? 0,
      loss: last?.loss,
      elapsedMs: performance.now() - this.#startedAt,
      totalSteps: this.#totalSteps,
      stepsPerSecond: measureSpeed(this.#recent),
    });
    // One column stays free: a full line would wrap and could not be cleared.
    this.#write(CLEAR + text.slice(0, this.#width() - 1));
  }
}
