/**
 * A view is lines of styled segments, as plain data: the terminal colours them, an HTML page wraps them in spans,
 * and `plainText` drops the style. Nothing is told by style alone.
 */

/** What a piece of text is, for whoever gives it a colour. `dim`: connectors and other quiet things. */
export type SegmentRole = 'code' | 'gutter' | 'bar' | 'figure' | 'word' | 'dim' | 'text' | 'info' | 'warning' | 'error';

export interface Segment {
  readonly text: string;
  readonly role: SegmentRole;
  /** Height of a bar, 0 to `FULL_LEVEL`; on the role `bar` only. */
  readonly level?: number;
}

export interface Line {
  readonly segments: readonly Segment[];
  /** The source line shown, from 1; absent where the line was added between them. */
  readonly source?: number;
}

/** The lines as they read without style, joined by newlines, with no spaces at their ends. */
export function plainText(lines: readonly Line[]): string {
  return lines
    .map(({ segments }) =>
      segments
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
