import type { Line, Segment, SegmentRole } from '@backflow/insight';
import { FULL_LEVEL } from '@backflow/insight';
import type pc from 'picocolors';

type Colors = ReturnType<typeof pc.createColors>;

/** Colours a view for a terminal. Colours repeat what shape and words say. */
export function paint(lines: readonly Line[], colors: Colors): string {
  const colorOf: Readonly<Record<SegmentRole, (segment: Segment) => string>> = {
    code: ({ text }) => text,
    text: ({ text }) => text,
    gutter: ({ text }) => colors.dim(text),
    dim: ({ text }) => colors.dim(text),
    bar: ({ text, level = 0 }) => paintBar(text, level, colors),
    figure: ({ text }) => colors.cyan(text),
    word: ({ text }) => colors.bold(colors.yellow(text)),
    info: ({ text }) => colors.cyan(text),
    warning: ({ text }) => colors.yellow(text),
    error: ({ text }) => colors.red(text),
  };
  return lines
    .map(({ segments }) =>
      segments
        .map((segment) => colorOf[segment.role](segment))
        .join('')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Green where much arrives, yellow below half of the full height, red below a quarter. */
function paintBar(text: string, level: number, { green, yellow, red }: Colors): string {
  if (level >= FULL_LEVEL / 2) return green(text);
  return level >= FULL_LEVEL / 4 ? yellow(text) : red(text);
}
