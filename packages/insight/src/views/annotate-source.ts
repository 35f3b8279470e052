import type { SourceEvent, SourceRange } from '@backflow/trace';
import type { FlowSite } from '../flows/flow-sites.ts';
import { flowSegments } from './flow-segments.ts';
import type { Line, Segment } from './line.ts';
import { measureWidth, showText, wrapText } from './text-width.ts';

/** Something to point at in the source: an error, a diagnosis. */
export interface Mark {
  readonly at: SourceRange;
  readonly severity: 'error' | 'warning' | 'info';
  /** Stands under the place; its first line is shown. */
  readonly text: string;
}

export interface AnnotateOptions {
  readonly marks?: readonly Mark[];
  /** Columns to fit flows and marks into; source lines are never cut. Default 100. */
  readonly width?: number;
  /** Show only this many lines around each line that has something to say. Default: all lines. */
  readonly context?: number;
}

/** A flow with the column, from 0 and as shown, at which its expression begins. */
interface Placed {
  readonly column: number;
  readonly segments: readonly Segment[];
}

const DEFAULT_WIDTH = 100;
/** What ends a line in ECMAScript, and so what the positions in a trace count by. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/;
/** Between code and a flow at its end. */
const GAP = 2;
/** A hook and the space that parts it from its flow. */
const HOOK = 2;

/**
 * The learner's own source with line numbers and the flow beside each layer expression.
 *
 * One layer expression on a line: its flow stands at the end of the line, in one column with those of the lines
 * around it, so that figures compare down the page. Several on a line, or no room: below the line, each hanging
 * from the column of its own expression. Flow amid the code, as in the editor,
 * would push what follows out of 80 columns and could not be copied as code.
 *
 * Sites and marks that speak of another file or another version of it are left out.
 */
export function annotateSource(source: SourceEvent, sites: readonly FlowSite[], options: AnnotateOptions = {}): Line[] {
  const { marks = [], width = DEFAULT_WIDTH, context = Number.POSITIVE_INFINITY } = options;
  const texts = source.text.split(LINE_END);
  if (texts.length > 1 && texts.at(-1) === '') texts.pop();
  const gutter = String(texts.length).length + 3;
  const here = ({ file, hash }: SourceRange): boolean => file === source.file && hash === source.hash;
  const columnOf = (at: SourceRange): number =>
    measureWidth(showText((texts[at.start.line - 1] ?? '').slice(0, at.start.column - 1)));

  const flows = new Map<number, Placed[]>();
  for (const site of sites) {
    const { at } = site;
    if (at === undefined || !here(at) || site.text === '') continue;
    const placed = { column: columnOf(at), segments: flowSegments(site) };
    flows.set(at.start.line, [...(flows.get(at.start.line) ?? []), placed]);
  }
  const shown = texts.map(showText);
  const ends = placeAtEnds(shown, flows, width - gutter);

  const blocks = shown.map((code, index): Line[] => {
    const number = index + 1;
    const end = ends.get(number);
    const below = end === undefined ? hangBelow(flows.get(number) ?? [], width - gutter) : [];
    const under = marks
      .filter(({ at }) => here(at) && at.start.line === number)
      .flatMap((mark) => underline(mark, columnOf(mark.at), texts[index] ?? '', width - gutter));
    const own: Segment[] = [
      { text: `${String(number).padStart(gutter - 2)}  `, role: 'gutter' },
      { text: code, role: 'code' },
    ];
    const blank: Segment = { text: ' '.repeat(gutter), role: 'gutter' };
    return [
      { segments: [...own, ...(end ?? [])], source: number },
      ...[...under, ...below].map((segments) => ({ segments: [blank, ...segments] })),
    ];
  });
  return keepAround(blocks, context, gutter);
}

/** What to append to the lines whose one flow fits at their end. Neighbouring lines share a column if they can. */
function placeAtEnds(
  shown: readonly string[],
  flows: ReadonlyMap<number, Placed[]>,
  width: number,
): Map<number, Segment[]> {
  const ends = new Map<number, Segment[]>();
  let block: { number: number; code: number; flow: Placed }[] = [];
  const finish = (): void => {
    const column = Math.max(0, ...block.map(({ code }) => code));
    const aligned = block.every(({ flow }) => column + GAP + widthOf(flow.segments) <= width);
    for (const { number, code, flow } of block) {
      const gap = (aligned ? column - code : 0) + GAP;
      ends.set(number, [{ text: ' '.repeat(gap), role: 'dim' }, ...flow.segments]);
    }
    block = [];
  };
  for (const [index, text] of shown.entries()) {
    const [flow, ...more] = flows.get(index + 1) ?? [];
    const code = measureWidth(text);
    if (flow && more.length === 0 && code + GAP + widthOf(flow.segments) <= width)
      block.push({ number: index + 1, code, flow });
    else finish();
  }
  finish();
  return ends;
}

/**
 * Flows under their expressions: `│` for those still to come, `╰` where one hangs. To the right of its stem, so the
 * last expression comes first; if that is too wide and the other side is not, mirrored.
 */
function hangBelow(flows: readonly Placed[], width: number): Segment[][] {
  const fitsRight = flows.every(({ column, segments }) => column + HOOK + widthOf(segments) <= width);
  const fitsLeft = flows.every(({ column, segments }) => column + 1 >= HOOK + widthOf(segments));
  const isMirrored = !fitsRight && fitsLeft;
  const order = flows.toSorted((a, b) => (isMirrored ? a.column - b.column : b.column - a.column));
  return order.map(({ column, segments }, index) => {
    const waiting = order.slice(index + 1).map((flow) => flow.column);
    const isShared = waiting.includes(column);
    if (!isMirrored)
      return [{ text: `${drawStems(waiting, 0, column)}${isShared ? '├' : '╰'} `, role: 'dim' }, ...segments];
    const indent = ' '.repeat(column + 1 - HOOK - widthOf(segments));
    const stems = drawStems(waiting, column + 1, Math.max(column, ...waiting) + 1);
    return [{ text: indent, role: 'dim' }, ...segments, { text: ` ${isShared ? '┤' : '╯'}${stems}`, role: 'dim' }];
  });
}

function drawStems(columns: readonly number[], from: number, until: number): string {
  return Array.from({ length: until - from }, (_, i) => (columns.includes(from + i) ? '│' : ' ')).join('');
}

/** Columns to underline at most: enough to see what is meant. */
export const MAX_MARK = 40;

/** What to underline of a range's first line: a loop or a long call by its head alone. */
function measureMark(text: string, goesOn: boolean): number {
  const whole = measureWidth(showText(text));
  if (!goesOn && whole <= MAX_MARK) return Math.max(1, whole);
  const head = measureWidth(showText(/^[^{]*/.exec(text)?.[0].trimEnd() ?? ''));
  return Math.min(head || whole || 1, MAX_MARK);
}

/** A mark's range on its first line, underlined, with the text after it or, where there is no room, below it. */
function underline({ at, severity, text }: Mark, column: number, line: string, width: number): Segment[][] {
  const goesOn = at.end.line > at.start.line;
  const end = goesOn ? line.length : at.end.column - 1;
  const carets = '^'.repeat(measureMark(line.slice(at.start.column - 1, end), goesOn));
  const words = showText(text.split('\n')[0] ?? '').trim();
  const under = `${' '.repeat(column)}${carets}`;
  if (measureWidth(`${under} ${words}`) <= width) return [[{ text: `${under} ${words}`, role: severity }]];
  return [under, ...wrapText(words, width)].map((each) => [{ text: each, role: severity }]);
}

function widthOf(segments: readonly Segment[]): number {
  return measureWidth(segments.map(({ text }) => text).join(''));
}

/**
 * Leaves out source lines that are farther than `context` lines from one with something to say.
 *
 * @param blocks each source line with what was added below it
 */
function keepAround(blocks: readonly (readonly Line[])[], context: number, gutter: number): Line[] {
  const plain = 2;
  const telling = blocks.flatMap(([own, ...added], index) =>
    added.length > 0 || (own?.segments.length ?? 0) > plain ? [index] : [],
  );
  if (telling.length === 0) return blocks.flat();
  const kept = blocks.map((_, index) => telling.some((other) => Math.abs(other - index) <= context));
  const gap: Line = { segments: [{ text: '⋮'.padStart(gutter - 2), role: 'gutter' }] };
  return blocks.flatMap((block, index) => {
    if (kept[index]) return block;
    return index === 0 || kept[index - 1] ? [gap] : [];
  });
}
