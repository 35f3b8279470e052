/**
 * Work that nothing may break into. The watchdog stops this thread wherever it stands; in the middle of a line of the
 * trace, or of a step's figures, what it asks for has to wait.
 */
export class CriticalSection {
  #depth = 0;
  #waiting: (() => void) | undefined;

  /** Does some work, which may contain further sections. */
  run(work: () => void): void {
    this.#depth += 1;
    try {
      work();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#release();
    }
  }

  /** Calls `then` outside of any section: now, or at the end of the one that was broken into. Once only. */
  afterwards(then: () => void): void {
    if (this.#depth > 0) this.#waiting = then;
    else then();
  }

  #release(): void {
    const then = this.#waiting;
    this.#waiting = undefined;
    then?.();
  }
}
