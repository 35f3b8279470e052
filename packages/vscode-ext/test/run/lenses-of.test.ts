import { expect, test } from 'vitest';
import { lensesOf } from '../../src/run/lenses-of.ts';
import { say } from '../story.ts';

test.each([
  ['idle', '$(play) Run', 'backflow.run'],
  ['running', '$(debug-stop) Stop', 'backflow.stop'],
  ['queued', '$(debug-stop) Waits for its turn: cancel', 'backflow.stop'],
] as const)('a file that is %s has one lens: %s', (state, title, command) => {
  expect(lensesOf(state, true, say)).toEqual([expect.objectContaining({ title, command })]);
});

test('in Restricted Mode there is no Run, and the lens says why', () => {
  const [lens, ...more] = lensesOf('idle', false, say);
  expect(more).toEqual([]);
  expect(lens?.title).toContain('runs nothing in Restricted Mode');
  expect(lens?.command).toBe('workbench.trust.manage');
});
