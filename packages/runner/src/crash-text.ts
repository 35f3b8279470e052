/** How the engine's own last words begin. */
const DUMP = /<--- Last few GCs --->|FATAL ERROR: |#\s*\n# Fatal |----- Native stack trace -----/;
/** The last words name their cause early; a dump is some 4 kB. */
const MAX_LENGTH = 16 * 1024;

/** Keeps the engine's last words, for a programmer of engines, out of the learner's output. */
export class CrashText {
  #text = '';

  /** What a run may show of a piece of stderr. */
  filter(text: string): string {
    const start = this.#text === '' ? text.search(DUMP) : 0;
    if (start < 0) return text;
    this.#text = (this.#text + text.slice(start)).slice(0, MAX_LENGTH);
    return text.slice(0, start);
  }

  get isOutOfMemory(): boolean {
    return /out of memory|invalid (?:array|table) size|Allocation failed/i.test(this.#text);
  }
}
