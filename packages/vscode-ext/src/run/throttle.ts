/** Does something at most once in a while: at once if it can, else as soon as the while is over. */
export class Throttle {
  readonly #everyMs: number;
  readonly #act: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;

  constructor(everyMs: number, act: () => void) {
    this.#everyMs = everyMs;
    this.#act = act;
  }

  request(): void {
    if (this.#timer === undefined) this.flush();
    else this.#isWanted = true;
  }

  /** Does it now. */
  flush(): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isWanted) this.flush();
    }, this.#everyMs);
    this.#act();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isWanted = false;
  }
}
