import { type FlowSite, flowSites } from '@backflow/insight';
import type { SourceRange } from '@backflow/trace';
import type { PlacedSite, Shown } from './run-display.ts';

/** Words to stand at a place in a line. */
export interface Hint {
  readonly offset: number;
  readonly text: string;
  /** The sites that it speaks of. */
  readonly sites: readonly FlowSite[];
}

/** Before figures of an earlier version of the file. */
const EARLIER = 'was ';

/**
 * Figure and word at the end of each layer's expression. An editor cuts the hints of a line at a budget of characters
 * and drops those that follow: where they would not fit, the line has one hint, for all its layers.
 *
 * @param lineOf the line of an offset
 * @param budget characters a line; 0: as many as there are
 */
export function hintsOf(
  { age, flow, sites }: Pick<Shown, 'age' | 'flow' | 'sites'>,
  lineOf: (offset: number) => number,
  budget: number,
): Hint[] {
  const mark = age === 'current' ? '' : EARLIER;
  const lines = new Map<number, PlacedSite[]>();
  for (const placed of sites) {
    if (placed.site.text === '') continue;
    const line = lineOf(placed.end);
    lines.set(line, [...(lines.get(line) ?? []), placed]);
  }
  return [...lines.values()].flatMap((line) => {
    const hints = line.map(({ end, site }) => ({ offset: end, text: mark + site.text, sites: [site] }));
    const length = hints.reduce((sum, { text }) => sum + text.length, 0);
    if (budget === 0 || length <= budget) return hints;
    const merged = mergeSites(flow, line);
    const offset = Math.max(...hints.map((hint) => hint.offset));
    return merged ? [{ offset, text: mark + merged.text, sites: line.map(({ site }) => site) }] : [];
  });
}

/**
 * The flow of some layers as if one expression had made them all. Where some have weights and others not, the former
 * speak: the two are not measured in the same unit.
 */
function mergeSites({ layers, steps }: Shown['flow'], line: readonly PlacedSite[]): FlowSite | undefined {
  const members = new Set(line.flatMap(({ site }) => site.layers));
  const at = line[0]?.site.at as SourceRange;
  const together = flowSites(
    layers.map((layer) => (members.has(layer) ? { ...layer, at } : layer)),
    steps,
  ).filter((site) => site.at === at);
  return together.find(({ figure }) => figure === 'weight') ?? together[0];
}
