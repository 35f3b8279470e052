import { type FlowSite, formatCount, formatGradient } from '@backflow/insight';
import type { LayerEvent } from '@backflow/trace';
import type { Translate } from '../words.ts';
import type { Shown } from './run-display.ts';

/**
 * What there is to know of the layers that an expression made, as Markdown: one layer as a list of its parts, several
 * as a table, from the loss back.
 */
export function hoverText(
  { age, flow }: Pick<Shown, 'age' | 'flow'>,
  sites: readonly FlowSite[],
  t: Translate,
): string {
  const step = flow.steps.at(-1)?.step;
  const when = step === undefined ? t('No step yet.') : t('Gradient flow at step {0}', formatCount(step));
  const earlier = t('From an earlier version of this file. Run it again.');
  return [
    ...(age === 'earlier' ? [`*${earlier}*`] : []),
    ...sites.map((site) => (site.layers.length === 1 ? describeOne(site, t) : describeMany(site, t))),
    `*${when}*`,
  ].join('\n\n');
}

function describeOne(site: FlowSite, t: Translate): string {
  const [layer] = site.layers as readonly [LayerEvent, ...LayerEvent[]];
  const path = layer.path === '' ? '' : ` ${code(layer.path)}`;
  const rows = [
    ...layer.parameters.map(({ name, shape }) => [code(name), writeShape(shape, t)]),
    [normOf(site), `${bar(site, 0)} ${figure(site, 0)}${site.word === '' ? '' : ` **${site.word}**`}`],
  ];
  return [`**${escapeMarkup(layer.label)}**${path}`, ['| | |', '|---|---|', ...rows.map(row)].join('\n')].join('\n\n');
}

function describeMany(site: FlowSite, t: Translate): string {
  const word = site.word === '' ? '' : `: **${site.word}**`;
  const title = `**${t('{0} layers made here, from the loss back', site.layers.length)}**${word}`;
  const parameters = ({ parameters: all }: LayerEvent): string =>
    all.map(({ name, shape }) => `${code(name)} ${writeShape(shape, t)}`).join(', ');
  const columns = [
    { head: t('layer'), cells: site.layers.map(({ label }) => escapeMarkup(label)) },
    { head: t('path'), cells: site.layers.map(({ path }) => (path === '' ? '' : code(path))) },
    { head: t('parameters'), cells: site.layers.map(parameters) },
    { head: normOf(site), cells: site.layers.map((_, index) => `${bar(site, index)} ${figure(site, index)}`) },
  ].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const rows = site.layers.map((_, index) => row(columns.map(({ cells }) => cells[index] ?? '')));
  return [title, [row(columns.map(({ head }) => head)), row(columns.map(() => '---')), ...rows].join('\n')].join(
    '\n\n',
  );
}

/** Whose norm the figures are, as the hint's `∂` and `∂y` write it in short. */
function normOf({ figure: of }: FlowSite): string {
  return of === 'weight' ? '∂ = ‖∂L/∂weight‖' : '∂y = ‖∂L/∂output‖';
}

function figure({ figures }: FlowSite, index: number): string {
  const known = figures[index];
  return known === undefined ? '–' : formatGradient(known);
}

function bar({ bars }: FlowSite, index: number): string {
  return [...bars][index] ?? '';
}

function writeShape(shape: readonly number[], t: Translate): string {
  return shape.length === 0 ? t('a number') : shape.join(' × ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A learner's own class may have any name; it is to be read and not to be markup. */
function escapeMarkup(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&');
}

function code(text: string): string {
  return `\`${text.replace(/[`|\n]/g, ' ')}\``;
}
