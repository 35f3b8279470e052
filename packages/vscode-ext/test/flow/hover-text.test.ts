import { expect, test } from 'vitest';
import { hoverText } from '../../src/flow/hover-text.ts';
import { RunDisplay, type Shown } from '../../src/flow/run-display.ts';
import { begin, EVENTS, layer, rangeOf, say, stateOf, TEXT } from '../story.ts';

function shownOf(events = EVENTS): Shown {
  const display = new RunDisplay('/w/train.ts');
  display.update(stateOf(events), true, () => TEXT);
  return display.in('/w/train.ts') as Shown;
}
const textAt = (shown: Shown, index: number): string => hoverText(shown, [shown.sites[index]!.site], say);

test('one layer: its name, path, the shapes of its parameters, and the figure with its word', () => {
  expect(textAt(shownOf(), 0)).toBe(
    [
      '**Linear\\(2→5\\)** `layers.0`',
      '',
      '| | |',
      '|---|---|',
      '| `weight` | 5 × 2 |',
      '| ∂ = ‖∂L/∂weight‖ | ▁ 2.5e-8 **vanishing** |',
      '',
      '*Gradient flow at step 1*',
    ].join('\n'),
  );
});

test('layers from one expression: a table, from the loss back', () => {
  const at = rangeOf(TEXT, 'new Linear(2, 5)');
  const text = textAt(
    shownOf([
      ...begin(),
      layer(1, 'Linear(2→5)', at),
      layer(2, 'Linear(2→5)', at),
      { type: 'step', step: 1, loss: 1, gradients: { 1: 1e-9, 2: 0.5 } },
    ]),
    0,
  );
  expect(text).toContain('**2 layers made here, from the loss back**: **vanishing**');
  const rows = text.split('\n').filter((line) => line.startsWith('| Linear'));
  expect(rows).toEqual([
    '| Linear\\(2→5\\) | `layers.1` | `weight` 5 × 2 | █ 5.0e-1 |',
    '| Linear\\(2→5\\) | `layers.0` | `weight` 5 × 2 | ▁ 1.0e-9 |',
  ]);
});

test('a column with nothing in it is left out', () => {
  const at = rangeOf(TEXT, 'new Sigmoid()');
  const layers = [layer(1, 'Sigmoid', at), layer(2, 'Sigmoid', at)];
  const step = { type: 'step', step: 1, loss: 1, gradients: { 1: 1, 2: 1 } } as const;
  expect(textAt(shownOf([...begin(), ...layers, step]), 0)).toContain('\n| layer | path | ∂y = ‖∂L/∂output‖ |\n');
});

test('a name that reads as markup is shown as it is written', () => {
  const at = rangeOf(TEXT, 'new Linear(2, 5)');
  const [named] = [{ ...layer(1, 'Linear', at), label: '[x](command:y) <b>|' }];
  const text = textAt(shownOf([...begin(), named, { type: 'step', step: 1, loss: 1, gradients: { 1: 1 } }]), 0);
  expect(text).toContain('**\\[x\\]\\(command:y\\) \\<b\\>\\|**');
});

test('figures of an earlier version say so first', () => {
  expect(textAt({ ...shownOf(), age: 'earlier' }, 0)).toMatch(/^\*From an earlier version of this file/);
});
