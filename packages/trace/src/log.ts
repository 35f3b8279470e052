/**
 * A list that only grows, as a value: appending gives a new log and leaves this one as it was.
 *
 * All versions share one array, so that appending to the newest takes the same time at any length; appending to an
 * older one copies it first. In a log with keys, the first item with a key stands and later ones are left out.
 */
export class Log<Item, Key = never> implements Iterable<Item> {
  readonly length: number;
  readonly #items: Item[];
  readonly #positions: Map<Key, number>;
  readonly #keyOf: ((item: Item) => Key) | undefined;

  private constructor(keyOf?: (item: Item) => Key, newest?: Log<Item, Key>) {
    this.#items = newest === undefined ? [] : newest.#items;
    this.#positions = newest === undefined ? new Map() : newest.#positions;
    this.#keyOf = keyOf;
    this.length = this.#items.length;
  }

  /** A log without items. `keyOf` gives the key by which `get` finds an item. */
  static empty<Item, Key = never>(keyOf?: (item: Item) => Key): Log<Item, Key> {
    return new Log(keyOf);
  }

  /** The item at a position, counted from the end if negative, as in an array. */
  at(position: number): Item | undefined {
    const index = position < 0 ? this.length + position : position;
    return index < this.length ? this.#items[index] : undefined;
  }

  /** The item with a key. */
  get(key: Key): Item | undefined {
    const position = this.#positions.get(key);
    return position === undefined ? undefined : this.at(position);
  }

  append(item: Item): Log<Item, Key> {
    const key = this.#keyOf?.(item);
    if (key !== undefined && this.get(key) !== undefined) return this;
    if (this.length < this.#items.length) return this.#copy().append(item);
    if (key !== undefined) this.#positions.set(key, this.length);
    this.#items.push(item);
    return new Log(this.#keyOf, this);
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let index = 0; index < this.length; index++) yield this.#items[index] as Item;
  }

  #copy(): Log<Item, Key> {
    let copy = new Log(this.#keyOf);
    for (const item of this) copy = copy.append(item);
    return copy;
  }
}
