import type { SourceRange } from '@backflow/trace';
import type { LearnerFiles } from './learner-files.ts';

/** One frame of a stack in a file of the learner's. */
export interface LearnerFrame {
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** For people: `trainStep (train.ts:12:5)`. */
  readonly text: string;
}

/** `at trainStep (file:///…/train.ts:12:5)`, `at file:///…/train.ts:12:5`, `at async Promise.all (index 0)`. */
const FRAME = /^\s*at (?:(?:async )?(.+?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/;

/** The learner's own frames of an error's stack, innermost first: how Node and our packages got there is not theirs. */
export function learnerFrames(files: LearnerFiles, stack: string): LearnerFrame[] {
  return stack.split('\n').flatMap((frame) => {
    const [, caller, url = '', line, column] = FRAME.exec(frame) ?? [];
    if (!files.find(url)) return [];
    const place = `${files.nameOf(url)}:${line}:${column}`;
    return [{ url, line: Number(line), column: Number(column), text: caller ? `${caller} (${place})` : place }];
  });
}

/** What the innermost frame points at. */
export function placeOfTop(files: LearnerFiles, [top]: readonly LearnerFrame[]): SourceRange | undefined {
  return top && files.rangeAt(top.url, { line: top.line, column: top.column });
}
