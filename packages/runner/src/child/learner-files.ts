import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Position, SourceEvent, SourceRange } from '@backflow/trace';
import type { Program } from 'acorn';
import { hashText } from './hash-text.ts';
import { parseModule, SyntaxIndex } from './syntax-index.ts';

/** A file as it was loaded. */
export interface LoadedFile {
  readonly url: string;
  /** As the learner wrote it, without a byte order mark. */
  readonly text: string;
  /** As it runs: the same with the types blanked out, so that every position is the same. */
  readonly code: string;
}

interface Known {
  readonly url: string;
  readonly text: string;
  code: string;
  readonly name: string;
  readonly hash: string;
  isSent: boolean;
  index?: SyntaxIndex;
}

/** The learner's own files, their names in the trace and the places in them. */
export class LearnerFiles {
  readonly #folder: string;
  readonly #send: (event: SourceEvent) => void;
  readonly #receive: () => Iterable<LoadedFile>;
  readonly #files = new Map<string, Known>();

  /**
   * @param folder absolute path of the training file's folder
   * @param receive gives what was loaded since it was last called
   */
  constructor(folder: string, send: (event: SourceEvent) => void, receive: () => Iterable<LoadedFile>) {
    this.#folder = folder;
    this.#send = send;
    this.#receive = receive;
  }

  /** The file of a call site or a module; undefined for what is not the learner's. */
  find(url: string): LoadedFile | undefined {
    return this.#known(url);
  }

  /** All that were loaded, the last one first. */
  newestFirst(): readonly LoadedFile[] {
    this.#update();
    return [...this.#files.values()].reverse();
  }

  /** Path relative to the folder of the training file, with `/`. */
  nameOf(url: string): string {
    return relative(this.#folder, fileURLToPath(toKey(url)))
      .split(sep)
      .join('/');
  }

  /** Kind of the call at a place, and undefined if none is known there. */
  callAt(url: string, start: Position): 'new' | 'call' | 'super' | undefined {
    return this.#indexOf(url)?.at(start)?.kind;
  }

  /** The range of what a stack frame points at: the whole call, else the word there. Sends the file's text first. */
  rangeAt(url: string, start: Position): SourceRange | undefined {
    return this.range(url, start, this.#indexOf(url)?.at(start)?.end ?? this.#endOfWord(url, start));
  }

  /** The range of a whole line, without its indent. */
  rangeOfLine(url: string, line: number): SourceRange | undefined {
    const text = this.#lineOf(url, line);
    const indent = text.length - text.trimStart().length;
    const end = Math.max(indent + 1, text.trimEnd().length);
    return this.range(url, { line, column: indent + 1 }, { line, column: end + 1 });
  }

  /** A range of a learner's file, whose text is sent before. */
  range(url: string, start: Position, end: Position): SourceRange | undefined {
    const file = this.#known(url);
    if (!file) return undefined;
    this.send(url);
    return { file: file.name, hash: file.hash, start, end };
  }

  /** Sends the text of a file, once, and gives the names by which events speak of it. */
  send(url: string): Pick<SourceEvent, 'file' | 'hash'> | undefined {
    const file = this.#known(url);
    if (!file) return undefined;
    const { name, hash, text } = file;
    if (!file.isSent) this.#send({ type: 'source', file: name, hash, text });
    file.isSent = true;
    return { file: name, hash };
  }

  /** Makes a file known; one that is loaded again, with another query or after an edit, is another version. */
  add(file: LoadedFile): void {
    const url = toKey(file.url);
    const hash = hashText(file.text);
    const known = this.#files.get(url);
    if (known?.hash === hash) known.code = file.code;
    else this.#files.set(url, { ...file, url, name: this.nameOf(url), hash, isSent: false });
  }

  #known(url: string): Known | undefined {
    this.#update();
    return this.#files.get(toKey(url));
  }

  #update(): void {
    for (const file of this.#receive()) this.add(file);
  }

  #indexOf(url: string): SyntaxIndex | undefined {
    const file = this.#known(url);
    if (!file) return undefined;
    file.index ??= new SyntaxIndex(tryParse(file.code) ?? parseModule(''));
    return file.index;
  }

  #endOfWord(url: string, { line, column }: Position): Position {
    const word = /^[\p{ID_Continue}$]+/u.exec(this.#lineOf(url, line).slice(column - 1))?.[0] ?? ' ';
    return { line, column: column + word.length };
  }

  #lineOf(url: string, line: number): string {
    return this.#known(url)?.text.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? '';
  }
}

/** Undefined where the engine is newer than our parser: places then have a start and no end of the expression. */
function tryParse(code: string): Program | undefined {
  try {
    return parseModule(code);
  } catch {
    return undefined;
  }
}

/** Modules have a URL, perhaps with a query; CommonJS files have a path. */
function toKey(place: string): string {
  return isAbsolute(place) ? pathToFileURL(place).href : place.replace(/[?#].*$/s, '');
}
