/** Something that an editor holds until it is told to let go. */
export interface Disposable {
  dispose(): unknown;
}

/** Makes a thing once for each key and keeps those last used; what is in use is never let go. */
export class TypeCache<Key, Item extends Disposable> {
  readonly #limit: number;
  readonly #make: (key: Key) => Item;
  readonly #write: (key: Key) => string;
  /** Least recently used first. */
  readonly #items = new Map<string, Item>();

  /** @param write the key as text: equal for keys that mean the same */
  constructor(limit: number, write: (key: Key) => string, make: (key: Key) => Item) {
    this.#limit = limit;
    this.#write = write;
    this.#make = make;
  }

  get(key: Key): Item {
    const text = this.#write(key);
    const item = this.#items.get(text) ?? this.#make(key);
    this.#items.delete(text);
    this.#items.set(text, item);
    return item;
  }

  /** Lets the least recently used go, beyond the limit. */
  trim(inUse: ReadonlySet<Item>): void {
    for (const [text, item] of this.#items) {
      if (this.#items.size <= this.#limit) return;
      if (inUse.has(item)) continue;
      this.#items.delete(text);
      item.dispose();
    }
  }

  clear(): void {
    for (const item of this.#items.values()) item.dispose();
    this.#items.clear();
  }
}
