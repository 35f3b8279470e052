import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stringifyEvent, stringifyHeader, type TraceEvent } from '@backflow/trace';
import { RunnerError } from './errors.ts';

/** A trace being saved: it takes the place of an older file only when it is whole and on the disk. */
export class TraceFile {
  readonly #path: string;
  readonly #draft: string;
  readonly #descriptor: number;
  #isOpen = true;

  /** Throws `RunnerError` `cannot-save` where nothing can be written. */
  constructor(path: string) {
    this.#path = path;
    this.#draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    try {
      this.#descriptor = openSync(this.#draft, 'w');
    } catch (cause) {
      throw new RunnerError('cannot-save', `Nothing can be saved as ${path}: ${(cause as Error).message}`, { cause });
    }
    writeSync(this.#descriptor, stringifyHeader());
  }

  /** `live` steps are for watching: without them two runs of one seed save the same steps. */
  add(event: TraceEvent): void {
    if (event.type === 'step' && event.live) return;
    writeSync(this.#descriptor, stringifyEvent(event));
  }

  /** Puts the trace in its place. */
  keep(): void {
    fsyncSync(this.#descriptor);
    this.#close();
    renameSync(this.#draft, this.#path);
  }

  /** Leaves things as they were. Nothing to do once it is kept. */
  discard(): void {
    if (!this.#isOpen) return;
    this.#close();
    rmSync(this.#draft, { force: true });
  }

  #close(): void {
    closeSync(this.#descriptor);
    this.#isOpen = false;
  }
}
