import type { FlowSite } from '../flows/flow-sites.ts';
import type { Segment } from './line.ts';

/** A site's flow as it stands beside its expression: bars, figures, word. Empty before the first figure. */
export function flowSegments(site: FlowSite): Segment[] {
  if (site.text === '') return [];
  const bars = [...site.bars].map((text, i) => ({ text, role: 'bar' as const, level: site.levels[i] ?? 0 }));
  const word = site.text.slice(site.figureText.length);
  const figures: Segment = { text: ` ${site.figureText}`, role: 'figure' };
  return word === '' ? [...bars, figures] : [...bars, figures, { text: word, role: 'word' }];
}
