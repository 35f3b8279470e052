import { dirname, join } from 'node:path';
import type { FlowSite } from '@backflow/insight';
import { type Flow, flowOf } from '@backflow/insight';
import type { SourceRange, TraceState } from '@backflow/trace';
import { type Problem, problemsOf } from '../problems/problems-of.ts';
import { EditedText } from './edited-text.ts';
import type { Offsets } from './text-offsets.ts';

/** A site of the flow where it stands now. */
export interface PlacedSite extends Offsets {
  readonly site: FlowSite;
}

/** A problem where it stands now. */
interface PlacedProblem extends Offsets {
  readonly problem: Problem;
}

/** What is to be shown in one document. */
export interface Shown {
  /** Whether the document is as it ran. */
  readonly age: EditedText['age'];
  readonly flow: Flow;
  readonly sites: readonly PlacedSite[];
  readonly problems: readonly PlacedProblem[];
}

/** What one run shows, in each of the learner's files that it loaded. */
export class RunDisplay {
  readonly trainingFile: string;
  readonly #texts = new Map<string, { readonly hash: string; readonly text: EditedText }>();
  #flow: Flow = { layers: [], steps: [], sites: [], diagnoses: [] };
  #problems: readonly Problem[] = [];

  constructor(trainingFile: string) {
    this.trainingFile = trainingFile;
  }

  /** The files that it speaks of. */
  get paths(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /**
   * Shows a run as it stands.
   *
   * @param textOf the text of a document that is open now
   */
  update(state: TraceState, isOver: boolean, textOf: (path: string) => string | undefined): void {
    this.#flow = flowOf(state, isOver);
    this.#problems = problemsOf(state, this.#flow.diagnoses);
    for (const { file, hash, text } of state.sources) {
      const path = this.#pathOf(file);
      if (this.#texts.has(path)) continue;
      const edited = new EditedText(text);
      this.#texts.set(path, { hash, text: edited });
      const open = textOf(path);
      if (open !== undefined) edited.see(open);
    }
  }

  /** The edits of a document, once for each run that speaks of it. */
  textOf(path: string): EditedText | undefined {
    return this.#texts.get(path)?.text;
  }

  /** What is to be shown in a document; undefined for one that this run does not speak of. */
  in(path: string): Shown | undefined {
    const known = this.#texts.get(path);
    if (known === undefined) return undefined;
    const place = <Item extends { readonly at?: SourceRange }>(item: Item): (Item & { offsets: Offsets })[] => {
      const isHere = item.at !== undefined && this.#pathOf(item.at.file) === path && item.at.hash === known.hash;
      const offsets = isHere && item.at ? known.text.find(item.at) : undefined;
      return offsets ? [{ ...item, offsets }] : [];
    };
    return {
      age: known.text.age,
      flow: this.#flow,
      sites: this.#flow.sites.flatMap(place).map(({ offsets, ...site }) => ({ ...offsets, site })),
      problems: this.#problems.flatMap(place).map(({ offsets, ...problem }) => ({ ...offsets, problem })),
    };
  }

  #pathOf(file: string): string {
    return join(dirname(this.trainingFile), file);
  }
}
