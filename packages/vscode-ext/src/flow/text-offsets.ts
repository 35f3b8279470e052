import type { Position, SourceRange } from '@backflow/trace';

/** A half-open range of a text, in UTF-16 code units from its start. */
export interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** What ends a line in ECMAScript, and so what the positions of a trace count by. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** Turns the places of a trace into offsets in the text that they speak of, however its lines end. */
export function offsetsIn(text: string): (range: Pick<SourceRange, 'start' | 'end'>) => Offsets {
  const starts = [0, ...Array.from(text.matchAll(LINE_END), (end) => end.index + end[0].length)];
  const offsetOf = ({ line, column }: Position): number =>
    Math.min(text.length, (starts[line - 1] ?? text.length) + column - 1);
  return ({ start, end }) => ({ start: offsetOf(start), end: offsetOf(end) });
}

/** Whether two texts are the same but for how their lines end: an editor may change that when it opens a file. */
export function isSameText(a: string, b: string): boolean {
  return a === b || a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}
