import { expect, test } from 'vitest';
import { RunDisplay, type Shown } from '../../src/flow/run-display.ts';
import { type Situation, statusOf } from '../../src/status/status-of.ts';
import { statusWords } from '../../src/status/status-words.ts';
import { begin, EVENTS, LAYERS, say, stateOf, TEXT } from '../story.ts';

function shownOf(events = EVENTS, text = TEXT): Shown {
  const display = new RunDisplay('/w/train.ts');
  display.update(stateOf(events), true, () => text);
  return display.in('/w/train.ts') as Shown;
}

const shown = shownOf();
const fine: Situation = {
  isRunnable: true,
  isTrusted: true,
  isFlowEnabled: true,
  hints: 'on',
  hasFailed: false,
  shown,
};

test.each<[string, Partial<Situation>, string]>([
  ['a training file that has not run', { shown: undefined }, 'Backflow: not run yet'],
  ['a run that could not begin', { shown: undefined, hasFailed: true }, 'Backflow: the run failed'],
  ['a run that failed before its first step', { shown: shownOf(begin()), hasFailed: true }, 'Backflow: the run failed'],
  ['a run without a layer', { shown: shownOf(begin()) }, 'Backflow: no layers'],
  ['a run without a step', { shown: shownOf([...begin(), ...LAYERS]) }, 'Backflow: no training step'],
  ['the flow as it ran', {}, 'Gradient flow at step 1'],
  ['a run that failed later', { hasFailed: true }, 'Gradient flow at step 1'],
  ['a file edited since, seen', { shown: { ...shown, age: 'earlier' } }, 'Gradient flow of an earlier version'],
  ['a file edited since, unseen', { shown: shownOf(EVENTS, '//') }, 'Backflow: edited since its run'],
  ['a flow switched off', { isFlowEnabled: false }, 'Gradient flow hidden'],
  ['inlay hints switched off', { hints: 'off' }, 'Inlay hints are off: bars only'],
  ['inlay hints off unless pressed', { hints: 'offUnlessPressed' }, 'Inlay hints are off: bars only'],
  ['a folder that is not trusted', { isTrusted: false }, 'Backflow: restricted'],
])('%s is told in the status bar', (_, situation, text) => {
  expect(statusWords(statusOf({ ...fine, ...situation }), say)?.text).toMatch(new RegExp(`^\\$\\([a-z-]+\\) ${text}$`));
});

test('a run that goes on is what matters, whatever file is open', () => {
  const words = statusWords(statusOf({ ...fine, isRunnable: false, shown: undefined, progress: 'step 3' }), say);
  expect(words).toMatchObject({ text: '$(sync~spin) step 3', command: 'backflow.stop' });
});

test('of other files nothing is said', () => {
  expect(statusWords(statusOf({ ...fine, isRunnable: false, shown: undefined }), say)).toBeUndefined();
});
