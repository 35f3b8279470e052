/** What a new run does while another one goes on. */
export type WhileRunning = 'queue' | 'stop';

/** A run that goes on. */
export interface Running {
  /** Settles when it is over, however it ended. */
  readonly done: Promise<unknown>;
  stop(): void;
}

/** Where a file stands. */
export type FileState = 'idle' | 'running' | 'queued';

/** Runs files one after the other: never two at once. */
export class RunQueue {
  readonly #start: (file: string) => Running;
  readonly #changed: () => void;
  #current: (Running & { readonly file: string }) | undefined;
  #waiting: readonly string[] = [];

  /**
   * @param start begins a run; does not throw
   * @param changed told whenever the state of a file is another
   */
  constructor(start: (file: string) => Running, changed: () => void) {
    this.#start = start;
    this.#changed = changed;
  }

  /** The file that runs. */
  get running(): string | undefined {
    return this.#current?.file;
  }

  stateOf(file: string): FileState {
    if (this.running === file) return 'running';
    return this.#waiting.includes(file) ? 'queued' : 'idle';
  }

  /** Runs a file: at once, after those that wait, or in place of them all. */
  request(file: string, whileRunning: WhileRunning): void {
    if (whileRunning === 'stop') {
      this.#waiting = [file];
      this.#current?.stop();
    } else if (!this.#waiting.includes(file)) {
      this.#waiting = [...this.#waiting, file];
    }
    this.#advance();
  }

  /** Ends the run of a file, and what waits of it. Without a file: the run that goes on; those that wait then run. */
  stop(file: string | undefined = this.running): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== file);
    if (file === this.running) this.#current?.stop();
    this.#changed();
  }

  /** Ends everything, for good. */
  clear(): void {
    this.#waiting = [];
    this.#current?.stop();
  }

  #advance(): void {
    const [file, ...rest] = this.#waiting;
    if (this.#current === undefined && file !== undefined) {
      this.#waiting = rest;
      const running = this.#start(file);
      this.#current = { file, done: running.done, stop: () => running.stop() };
      const next = (): void => {
        this.#current = undefined;
        this.#advance();
      };
      running.done.then(next, next);
    }
    this.#changed();
  }
}
