import type { SourceRange } from '@backflow/trace';
import { isSameText, type Offsets, offsetsIn } from './text-offsets.ts';

/** One replacement in a text, as an editor tells it. */
export interface Edit {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * A file as it ran, and what an editor has done to it since: where a place of the run stands now.
 *
 * Every edit is followed, so that a place keeps its expression and not its line. Undoing them all gives back the file
 * as it ran.
 */
export class EditedText {
  readonly #source: string;
  /** The edits since the document was as it ran; undefined while it is not known how it came to be what it is. */
  #edits: Edit[] | undefined;
  #offsetsOf: (range: SourceRange) => Offsets;

  /** @param source the text that ran */
  constructor(source: string) {
    this.#source = source;
    this.#offsetsOf = offsetsIn(source);
  }

  /** `current`: as it ran. `earlier`: edited since. `lost`: another text, and nobody saw how it came about. */
  get age(): 'current' | 'earlier' | 'lost' {
    if (this.#edits === undefined) return 'lost';
    return this.#edits.length === 0 ? 'current' : 'earlier';
  }

  /** The document as it stands, without word of how it came to be so. */
  see(text: string): void {
    if (!isSameText(this.#source, text)) return;
    this.#edits = [];
    this.#offsetsOf = offsetsIn(text);
  }

  /** The document was closed: what happens to it now is not seen. */
  lose(): void {
    this.#edits = undefined;
  }

  /** @param text the document after the edits */
  edit(edits: readonly Edit[], text: string): void {
    this.#edits?.push(...edits);
    this.see(text);
  }

  /** Where a place of the run stands now; undefined if its expression was changed, or if nobody knows. */
  find(place: SourceRange): Offsets | undefined {
    let offsets: Offsets | undefined = this.#offsetsOf(place);
    if (this.#edits === undefined) return undefined;
    for (const edit of this.#edits) offsets = offsets && follow(offsets, edit);
    return offsets;
  }
}

/** What an edit does to a range: moves it, leaves it, or, by an edit inside it, ends it. */
function follow({ start, end }: Offsets, { rangeOffset, rangeLength, text }: Edit): Offsets | undefined {
  if (rangeOffset + rangeLength <= start) {
    const shift = text.length - rangeLength;
    return { start: start + shift, end: end + shift };
  }
  return rangeOffset >= end ? { start, end } : undefined;
}
