/** Items waiting for a `for await` that is behind. */
export class EventQueue<Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #items: Item[] = [];
  readonly #waiting: ((result: IteratorResult<Item, undefined>) => void)[] = [];
  readonly #drained: () => void;
  readonly #left: () => void;
  #isClosed = false;

  /**
   * @param drained told when the last waiting item was taken
   * @param left told when the loop was left before the end
   */
  constructor(drained: () => void, left: () => void) {
    this.#drained = drained;
    this.#left = left;
  }

  /** How many items wait. */
  get length(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    if (this.#isClosed) return;
    const waiting = this.#waiting.shift();
    if (waiting) waiting({ value: item, done: false });
    else this.#items.push(item);
  }

  /** No more items: the loop ends after those that wait. */
  close(): void {
    this.#isClosed = true;
    for (const waiting of this.#waiting.splice(0)) waiting({ value: undefined, done: true });
  }

  async next(): Promise<IteratorResult<Item, undefined>> {
    const item = this.#items.shift();
    if (item !== undefined) {
      if (this.#items.length === 0) this.#drained();
      return { value: item, done: false };
    }
    if (this.#isClosed) return { value: undefined, done: true };
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async return(): Promise<IteratorResult<Item, undefined>> {
    this.#items.length = 0;
    this.close();
    this.#drained();
    this.#left();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
