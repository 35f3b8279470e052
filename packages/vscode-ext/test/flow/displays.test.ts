import { expect, test } from 'vitest';
import { Displays } from '../../src/flow/displays.ts';
import type { Shown } from '../../src/flow/run-display.ts';
import { RunDisplay } from '../../src/flow/run-display.ts';
import { begin, EVENTS, layer, rangeOf, stateOf, TEXT } from '../story.ts';

const PATH = '/w/train.ts';
const end = { type: 'run-end', reason: 'done', steps: 1 } as const;

/** A run of `/w/train.ts` that is shown while the document is open with a text. */
function show(displays: Displays, events = EVENTS, text: string = TEXT, isOver = true): RunDisplay {
  const display = new RunDisplay(PATH);
  display.update(stateOf([...events, end]), isOver, (path) => (path === PATH ? text : undefined));
  displays.replace(display);
  return display;
}

/** The expressions that have a flow, as they stand in a text. */
function expressions(shown: Shown | undefined, text: string): string[] | undefined {
  return shown?.sites.map(({ start, end: last }) => text.slice(start, last));
}

test('each layer expression has its flow, in the document as it ran', () => {
  const displays = new Displays();
  show(displays);
  const shown = displays.in(PATH);
  expect(shown?.age).toBe('current');
  expect(expressions(shown, TEXT)).toEqual([
    'new Linear(2, 5)',
    'new Linear(5, 5)',
    'new Sigmoid()',
    'new Linear(5, 1)',
  ]);
  expect(shown?.sites.map(({ site }) => site.text)).toEqual([
    '∂ 2.5e-8 vanishing',
    '∂ 3.0e-2',
    '∂y 5.0e-1',
    '∂ 1.0e-1',
  ]);
});

test('an edit elsewhere dims the flow and keeps it; one inside an expression clears it there', () => {
  const displays = new Displays();
  show(displays);
  const moved = `// new\n${TEXT}`;
  displays.edited(PATH, [{ rangeOffset: 0, rangeLength: 0, text: '// new\n' }], moved);
  expect(displays.in(PATH)?.age).toBe('earlier');
  expect(expressions(displays.in(PATH), moved)).toHaveLength(4);
  const at = moved.indexOf('5, 5');
  const changed = `${moved.slice(0, at)}7${moved.slice(at + 1)}`;
  displays.edited(PATH, [{ rangeOffset: at, rangeLength: 1, text: '7' }], changed);
  expect(expressions(displays.in(PATH), changed)).toEqual(['new Linear(2, 5)', 'new Sigmoid()', 'new Linear(5, 1)']);
});

test('edits while the run goes on are followed by what it shows next', () => {
  const displays = new Displays();
  const display = show(displays, EVENTS, TEXT, false);
  const moved = `//\n${TEXT}`;
  displays.edited(PATH, [{ rangeOffset: 0, rangeLength: 0, text: '//\n' }], moved);
  display.update(stateOf([...EVENTS, end]), true, () => moved);
  expect(expressions(displays.in(PATH), moved)).toHaveLength(4);
});

test('a document that was edited before anyone looked shows nothing and says that it is another', () => {
  const displays = new Displays();
  show(displays, EVENTS, `${TEXT}// more`);
  expect(displays.in(PATH)).toMatchObject({ age: 'lost', sites: [], problems: [] });
});

test('a file that is opened after its run shows its flow', () => {
  const displays = new Displays();
  const display = new RunDisplay(PATH);
  display.update(stateOf([...EVENTS, end]), true, () => undefined);
  displays.replace(display);
  expect(displays.in(PATH)?.sites).toEqual([]);
  displays.opened(PATH, TEXT);
  expect(displays.in(PATH)?.sites).toHaveLength(4);
});

test('a second run takes the place of the first, figures and problems', () => {
  const displays = new Displays();
  const at = rangeOf(TEXT, 'new Linear(2, 5)');
  show(displays, [...EVENTS, { type: 'error', phase: 'throw', name: 'Error', message: 'boom', step: 2, at }]);
  expect(displays.in(PATH)?.problems.map(({ problem }) => problem.message)).toContain('Error in step 2: boom');
  show(displays, [...begin(), layer(1, 'Linear(2→5)', at), { type: 'step', step: 1, loss: 1, gradients: { 1: 0.5 } }]);
  expect(displays.in(PATH)?.sites.map(({ site }) => site.text)).toEqual(['∂ 5.0e-1']);
  expect(displays.in(PATH)?.problems).toEqual([]);
});

test('layers of another file stand in that file, beside the training file', () => {
  const displays = new Displays();
  const text = 'export const hidden = new Linear(5, 5);';
  const at = rangeOf(text, 'new Linear(5, 5)', '../models/model.ts');
  const display = new RunDisplay(PATH);
  const events = [
    ...EVENTS,
    { type: 'source', file: at.file, hash: at.hash, text } as const,
    layer(5, 'Linear(5→5)', at),
    { type: 'step', step: 2, loss: 1, gradients: { 5: 0.5 } } as const,
    end,
  ];
  display.update(stateOf(events), true, (path) => (path === '/models/model.ts' ? text : undefined));
  displays.replace(display);
  expect(expressions(displays.in('/models/model.ts'), text)).toEqual(['new Linear(5, 5)']);
});

test('of a file that was loaded twice, and changed between, the version that ran first is the one to show', () => {
  const displays = new Displays();
  const other = TEXT.replace('const first', 'const one');
  const at = rangeOf(other, 'new Linear(5, 5)');
  show(displays, [
    ...EVENTS,
    { type: 'source', file: at.file, hash: at.hash, text: other },
    layer(5, 'Linear(5→5)', at),
    { type: 'step', step: 2, loss: 1, gradients: { 1: 0.5, 5: 0.5 } },
  ]);
  expect(displays.in(PATH)?.sites.flatMap(({ site }) => site.layers.map(({ id }) => id))).toEqual([1, 2, 3, 4]);
});
