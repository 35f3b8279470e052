import type { Edit } from './edited-text.ts';
import type { RunDisplay, Shown } from './run-display.ts';

/** The runs that are shown: for each document that of the newest run which speaks of it. */
export class Displays {
  /** Newest first, one a training file. */
  #all: readonly RunDisplay[] = [];

  /** Shows another run; what an earlier run of the same file showed goes. Gives the paths that were touched. */
  replace(display: RunDisplay): readonly string[] {
    const gone = this.#all.find(({ trainingFile }) => trainingFile === display.trainingFile);
    this.#all = [display, ...this.#all.filter((each) => each !== gone)];
    return [...new Set([...display.paths, ...(gone?.paths ?? [])])];
  }

  /** What is to be shown in a document; undefined if no run speaks of it. */
  in(path: string): Shown | undefined {
    return this.#all.find((display) => display.textOf(path))?.in(path);
  }

  opened(path: string, text: string): void {
    for (const display of this.#all) display.textOf(path)?.see(text);
  }

  edited(path: string, edits: readonly Edit[], text: string): void {
    for (const display of this.#all) display.textOf(path)?.edit(edits, text);
  }

  closed(path: string): void {
    for (const display of this.#all) display.textOf(path)?.lose();
  }
}
