import type { ConsoleEvent, DiagnosisEvent } from '@backflow/trace';

/**
 * What a run may print, in UTF-16 code units: more than anybody reads, and little to keep in memory. Counted over the
 * run and not over time, so that two runs of one seed keep the same.
 */
const MAX_OUTPUT_LENGTH = 4 * 1024 * 1024;

/** Keeps the first part of a flood of output, and counts the rest. */
export class OutputLimit {
  #kept = 0;
  #droppedPieces = 0;
  #droppedLength = 0;

  /** Whether a piece of output still fits; if not it is counted and should be dropped. */
  admits({ text }: ConsoleEvent): boolean {
    if (this.#droppedPieces === 0 && this.#kept + text.length <= MAX_OUTPUT_LENGTH) {
      this.#kept += text.length;
      return true;
    }
    this.#droppedPieces += 1;
    this.#droppedLength += text.length;
    return false;
  }

  /** What was dropped, in one sentence; undefined if all was kept. */
  describe(): DiagnosisEvent | undefined {
    if (this.#droppedPieces === 0) return undefined;
    const [kept, dropped] = [this.#kept, this.#droppedLength].map((length) => (length / 1024 / 1024).toFixed(1));
    return {
      type: 'diagnosis',
      code: 'console-flood',
      severity: 'warning',
      message: `The file printed more than can be shown: the first ${kept} MB are here, ${dropped} MB (${this.#droppedPieces} writes) were dropped.`,
      advice: ['Print every 100th step: if (step % 100 === 0) console.log(…)'],
      layers: [],
    };
  }
}
