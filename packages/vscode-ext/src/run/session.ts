import { measureSpeed, progressText } from '@backflow/insight';
import type { Run, RunOptions } from '@backflow/runner';
import { addEvent, emptyState, type StepEvent, type TraceEvent, type TraceState } from '@backflow/trace';
import { Throttle } from './throttle.ts';

/** How often a run is shown anew: twice a second can be read. */
const UPDATE_MS = 500;
/** Steps from which the speed is measured; live ones come four a second, and the speed looks two seconds back. */
const RECENT_STEPS = 200;

/** The runner's `run`, or a fake. */
export type StartRun = (file: string, options: RunOptions) => Run | Promise<Run>;

/** What a session tells whoever watches it. */
export interface Watcher {
  /** There is something new to show; comes at most every `UPDATE_MS`, and at the end. */
  updated(session: Session): void;
  /** The learner's own output. */
  printed(text: string): void;
}

/** One run of a training file, from its start to its end, and all that is known of it. */
export class Session {
  readonly file: string;
  /** Settles when the run is over; never rejects. */
  readonly done: Promise<void>;
  #state: TraceState = emptyState();
  #failure: string | undefined;
  #isOver = false;
  #isStopped = false;
  #run: Run | undefined;
  #recent: StepEvent[] = [];
  readonly #startedAt = performance.now();
  readonly #watcher: Watcher;
  readonly #update: Throttle;

  constructor(file: string, options: Omit<RunOptions, 'onEvent'>, start: StartRun, watcher: Watcher) {
    this.file = file;
    this.#watcher = watcher;
    this.#update = new Throttle(UPDATE_MS, () => watcher.updated(this));
    this.done = this.#follow(start, { ...options, onEvent: (event) => this.#receive(event) });
  }

  get state(): TraceState {
    return this.#state;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Why nothing ran, where that is no matter of the trace: no process came up. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** How it is doing, in one line, as in the terminal. */
  get progress(): string {
    const last = this.#recent.at(-1);
    return progressText({
      step: last?.step ?? 0,
      loss: last?.loss,
      elapsedMs: performance.now() - this.#startedAt,
      totalSteps: this.#state.run?.totalSteps,
      stepsPerSecond: measureSpeed(this.#recent),
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#run?.stop();
  }

  async #follow(start: StartRun, options: RunOptions): Promise<void> {
    // A run that has nothing to tell, as in an endless loop, still shows that its time goes on.
    const clock = setInterval(() => this.#update.request(), UPDATE_MS);
    try {
      this.#run = await start(this.file, options);
      if (this.#isStopped) this.#run.stop();
      await this.#run.done;
    } catch (error) {
      this.#failure = (error as Error).message;
    } finally {
      clearInterval(clock);
      this.#isOver = true;
      this.#update.flush();
      this.#update.cancel();
    }
  }

  #receive(event: TraceEvent): void {
    this.#state = addEvent(this.#state, event);
    if (event.type === 'step') this.#recent = [...this.#recent.slice(1 - RECENT_STEPS), event];
    if (event.type === 'console') this.#watcher.printed(event.text);
    this.#update.request();
  }
}
