import type { LayerEvent, SourceRange, StepEvent } from '@backflow/trace';
import { compareWithLoss, findExploding, findVanishingLayers } from '../nets/compare.ts';
import { findNets, latestFigures, type Net } from '../nets/find-nets.ts';
import { findRest } from '../nets/find-rest.ts';
import { formatGradient } from '../numbers/format.ts';
import { barOf, levelOf } from './level.ts';

/** What to say of a flow, if anything: a healthy one speaks for itself. */
export type FlowWord = '' | 'vanishing' | 'exploding' | 'dead' | 'NaN' | '∞';

/** The gradient flow at one expression in the learner's source, through every layer that it made. */
export interface FlowSite {
  /** The layers' own expression; absent for layers that are not in the learner's files. */
  readonly at?: SourceRange;
  /** Whose norm the figures are: ∂L/∂weight, written `∂`, or ∂L/∂output, written `∂y` as in `y = layer(x)`. */
  readonly figure: LayerEvent['figure'];
  /** The way the gradient travels, from the loss back. The three lists below run parallel to it. */
  readonly layers: readonly LayerEvent[];
  /** Newest figure; undefined for a layer that took part in no step yet. */
  readonly figures: readonly (number | undefined)[];
  /** Height of each bar, 0 (empty) to `FULL_LEVEL`; all sites of a run share one scale. */
  readonly levels: readonly number[];
  /** The bars as text, one character a layer: `▆▅▄▃▂▁▁`. */
  readonly bars: string;
  /** `∂ 3.1e-2`, or from the first layer that the gradient meets to the last, `∂ 2.4e-1 → 1.9e-9`; empty if none. */
  readonly figureText: string;
  readonly word: FlowWord;
  /** Figure and word, `∂ 2.4e-1 → 1.9e-9 vanishing`: all that the bars show is said here too. */
  readonly text: string;
}

/**
 * The part of the run so far that sets the scale: its largest figure has the full bar. A fifth follows a gradient
 * that really shrinks, at any length of run, while a batch with a small gradient lowers its own bars and leaves
 * the others where they are.
 */
export const RECENT_SHARE: number = 1 / 5;

/**
 * The gradient flow at every layer expression, newest figures first to last layer.
 *
 * Layers made by one expression, as in a loop, share one site; every layer is in exactly one. Sites come in the
 * order in which their first layer was made. ∂ and ∂y share one scale: what sets out from the loss is the measure
 * of what arrives, so that starved layers are low even when they are all equally starved.
 *
 * @param steps in order, from the start of the run
 */
export function flowSites(layers: readonly LayerEvent[], steps: readonly StepEvent[]): FlowSite[] {
  const nets = findNets(layers, steps);
  const figures = latestFigures(steps);
  const full = findFull(steps, figures);
  const words = new Map(
    nets.flatMap((net) => {
      const starved = findVanishingLayers(net.layers, figures);
      return net.layers.map((layer) => [layer, wordOf(layer, net, figures, starved)] as const);
    }),
  );
  const groups = new Map<string, LayerEvent[]>();
  for (const layer of nets.toReversed().flatMap((net) => net.layers)) {
    const key = siteKey(layer);
    groups.set(key, [...(groups.get(key) ?? []), layer]);
  }
  return [...groups.values()]
    .map((group) =>
      describeSite(
        group,
        figures,
        full,
        group.map((layer) => words.get(layer) ?? ''),
      ),
    )
    .sort((a, b) => firstId(a) - firstId(b));
}

function siteKey({ at, figure }: LayerEvent): string {
  return JSON.stringify([figure, at && [at.file, at.hash, at.start.line, at.start.column, at.end.line, at.end.column]]);
}

function firstId(site: FlowSite): number {
  return Math.min(...site.layers.map(({ id }) => id));
}

/** The figure that has the full bar: the largest finite one that is recent or shown. */
function findFull(steps: readonly StepEvent[], shown: Readonly<Record<string, number>>): number {
  const since = (steps.at(-1)?.step ?? 0) * (1 - RECENT_SHARE);
  const recent = steps.filter(({ step }) => step >= since).flatMap(({ gradients }) => Object.values(gradients));
  let full = 0;
  for (const figure of [...recent, ...Object.values(shown)]) if (Number.isFinite(figure)) full = Math.max(full, figure);
  return full;
}

/** What one layer's place in its net says. */
function wordOf(
  layer: LayerEvent,
  net: Net,
  figures: Readonly<Record<string, number>>,
  starved: ReadonlySet<LayerEvent>,
): FlowWord {
  const figure = figures[layer.id];
  if (figure === undefined) return '';
  if (Number.isNaN(figure)) return 'NaN';
  if (!Number.isFinite(figure)) return '∞';
  if (figure === 0) return findRest(net) ? '' : 'dead';
  if (starved.has(layer)) return 'vanishing';
  return findExploding(compareWithLoss(net.layers, figures, layer)) ? 'exploding' : '';
}

/** Where layers of one site differ, the first of these is the site's word. */
const WORDS_BY_WEIGHT: readonly FlowWord[] = ['NaN', '∞', 'dead', 'vanishing', 'exploding', ''];

function describeSite(
  layers: readonly LayerEvent[],
  known: Readonly<Record<string, number>>,
  full: number,
  words: readonly FlowWord[],
): FlowSite {
  const [{ at, figure }] = layers as readonly [LayerEvent, ...LayerEvent[]];
  const figures = layers.map(({ id }) => known[id]);
  const figureText = writeFigures(figure, figures);
  const word = WORDS_BY_WEIGHT.find((candidate) => words.includes(candidate)) ?? '';
  return {
    ...(at && { at }),
    figure,
    layers,
    figures,
    levels: figures.map((each) => levelOf(each, full)),
    bars: figures.map((each) => barOf(each, full)).join(''),
    figureText,
    word,
    text: word === '' || figureText.includes(word) ? figureText : `${figureText} ${word}`,
  };
}

function writeFigures(of: LayerEvent['figure'], figures: readonly (number | undefined)[]): string {
  const known = figures.filter((figure) => figure !== undefined).map(formatGradient);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined) return '';
  return `${of === 'weight' ? '∂' : '∂y'} ${first === last ? first : `${first} → ${last}`}`;
}
