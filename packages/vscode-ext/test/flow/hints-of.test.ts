import { expect, test } from 'vitest';
import { hintsOf } from '../../src/flow/hints-of.ts';
import { RunDisplay, type Shown } from '../../src/flow/run-display.ts';
import { EVENTS, stateOf, TEXT } from '../story.ts';

const lineOf = (offset: number): number => TEXT.slice(0, offset).split('\n').length - 1;

function shownOf(): Shown {
  const display = new RunDisplay('/w/train.ts');
  display.update(stateOf(EVENTS), true, () => TEXT);
  return display.in('/w/train.ts') as Shown;
}

/** Hints by where they stand: the text before them, to its last bracket. */
function hints(shown: Shown, budget: number): [string, string][] {
  return hintsOf(shown, lineOf, budget).map(({ offset, text }) => [
    TEXT.slice(0, offset).match(/new \w+\([^(]*$/)?.[0] ?? '',
    text,
  ]);
}

test('figure and word stand at the end of each expression', () => {
  expect(hints(shownOf(), 43)).toEqual([
    ['new Linear(2, 5)', '∂ 2.5e-8 vanishing'],
    ['new Linear(5, 5)', '∂ 3.0e-2'],
    ['new Sigmoid()', '∂y 5.0e-1'],
    ['new Linear(5, 1)', '∂ 1.0e-1'],
  ]);
});

test('a line whose hints the editor would cut has one, from the loss back, at its last layer', () => {
  expect(hints(shownOf(), 20)).toEqual([
    ['new Linear(2, 5)', '∂ 2.5e-8 vanishing'],
    ['new Linear(5, 1)', '∂ 1.0e-1 → 3.0e-2'],
  ]);
});

test('a merged hint speaks of every layer in its line', () => {
  const [, merged] = hintsOf(shownOf(), lineOf, 20);
  expect(merged?.sites.flatMap(({ layers }) => layers.map(({ label }) => label))).toEqual([
    'Linear(5→5)',
    'Sigmoid',
    'Linear(5→1)',
  ]);
});

test('a budget of 0 is none', () => {
  expect(hints(shownOf(), 0)).toHaveLength(4);
});

test('figures of an earlier version say so, and so count for the budget', () => {
  const texts = hints({ ...shownOf(), age: 'earlier' }, 43).map(([, text]) => text);
  expect(texts).toEqual(['was ∂ 2.5e-8 vanishing', 'was ∂ 3.0e-2', 'was ∂y 5.0e-1', 'was ∂ 1.0e-1']);
  expect(hints({ ...shownOf(), age: 'earlier' }, 30)).toHaveLength(2);
});
