import type { SourceEvent } from '@backflow/trace';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { flowSites } from '../../src/flows/flow-sites.ts';
import { type AnnotateOptions, annotateSource, MAX_MARK } from '../../src/views/annotate-source.ts';
import { plainText } from '../../src/views/line.ts';
import { measureWidth } from '../../src/views/text-width.ts';
import { anyFigure, anyRun } from '../arbitraries.ts';
import { findRange, layersOf, STARVED, sourceOf, stepOf } from '../stories.ts';

const sites = flowSites(layersOf('Sigmoid'), STARVED.slice(0, 1));
const show = (source: SourceEvent, options?: AnnotateOptions): string =>
  `\n${plainText(annotateSource(source, sites, options))}\n`;

test('the flow hangs below its own expression, or stands at the end of the line', () => {
  expect(show(sourceOf('Sigmoid'), { width: 130 })).toMatchInlineSnapshot(`
    "
     1  import { BCELoss, Linear, SGD, Sequential, Sigmoid } from '@backflow/nn';
     2
     3  const hidden = Array.from({ length: 9 }, (_, i) => [new Linear(i ? 5 : 2, 5), new Sigmoid()]);
                                                            │                         ╰ ▇▇▆▆▅▄▄▃▃ ∂y 3.1e-1 → 1.7e-5 vanishing
                                                            ╰ ▆▆▅▅▄▃▃▂▂ ∂ 3.5e-2 → 1.4e-6 vanishing
     4  const last = new Linear(5, 1);                                        ▇ ∂ 1.2e-1
     5  const model = new Sequential(...hidden.flat(), last, new Sigmoid());  █ ∂y 1.1e0
    "
  `);
});

test('without room on the right they hang to the left', () => {
  const text = show(sourceOf('Sigmoid'), { width: 96 });
  expect(text).toMatchInlineSnapshot(`
    "
     1  import { BCELoss, Linear, SGD, Sequential, Sigmoid } from '@backflow/nn';
     2
     3  const hidden = Array.from({ length: 9 }, (_, i) => [new Linear(i ? 5 : 2, 5), new Sigmoid()]);
                      ▆▆▅▅▄▃▃▂▂ ∂ 3.5e-2 → 1.4e-6 vanishing ╯                         │
                                               ▇▇▆▆▅▄▄▃▃ ∂y 3.1e-1 → 1.7e-5 vanishing ╯
     4  const last = new Linear(5, 1);                                        ▇ ∂ 1.2e-1
     5  const model = new Sequential(...hidden.flat(), last, new Sigmoid());  █ ∂y 1.1e0
    "
  `);
  expect(Math.max(...text.split('\n').map(measureWidth))).toBeLessThanOrEqual(98);
});

test('several layers on a line are told apart, the one nearest the loss first', () => {
  const text = 'const model = new Sequential(new Linear(2, 5), new ReLU(), new Linear(5, 1));';
  const source: SourceEvent = { type: 'source', file: 'train.ts', hash: 'b5', text };
  const pieces = ['new Linear(2, 5)', 'new ReLU()', 'new Linear(5, 1)'];
  const layers = pieces.map((piece, index) => ({
    ...layersOf('ReLU')[0]!,
    id: index + 1,
    path: `${index}`,
    figure: index % 2 ? ('output' as const) : ('weight' as const),
    at: findRange(source, piece),
  }));
  const step = { type: 'step', step: 1, loss: 1, gradients: { 1: 0.022, 2: 0.1, 3: 0.22 } } as const;
  expect(`\n${plainText(annotateSource(source, flowSites(layers, [step])))}\n`).toMatchInlineSnapshot(`
    "
     1  const model = new Sequential(new Linear(2, 5), new ReLU(), new Linear(5, 1));
                                     │                 │           ╰ █ ∂ 2.2e-1
                                     │                 ╰ █ ∂y 1.0e-1
                                     ╰ ▇ ∂ 2.2e-2
    "
  `);
});

test('an error is underlined with its words', () => {
  const source = sourceOf('ReLU');
  const marks = [
    { at: findRange(source, 'hidden.flat()'), severity: 'error' as const, text: 'TypeError: no\nat line 5' },
  ];
  expect(`\n${plainText(annotateSource(source, [], { marks, context: 1 }))}\n`).toMatchInlineSnapshot(`
    "
     ⋮
     4  const last = new Linear(5, 1);
     5  const model = new Sequential(...hidden.flat(), last, new Sigmoid());
                                        ^^^^^^^^^^^^^ TypeError: no
    "
  `);
});

test.each([
  ['while (true) {\n  step();\n}', 'while (true)'.length],
  [`for (;;) { ${'step(); '.repeat(20)}}`, 'for (;;)'.length],
  [`call(${'x, '.repeat(40)}x)`, MAX_MARK],
  [`fit({ epochs: 3 })`, 'fit({ epochs: 3 })'.length],
])('of several lines, or a long one, only the head is underlined: %#', (text, length) => {
  const lines = text.split('\n');
  const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  const at = { file: 'a.ts', hash: 'b5', start: { line: 1, column: 1 }, end };
  const source = { type: 'source', file: 'a.ts', hash: 'b5', text } as const;
  const [, under] = plainText(annotateSource(source, [], { marks: [{ at, severity: 'error', text: 'boom' }] })).split(
    '\n',
  );
  expect(under?.trim()).toBe(`${'^'.repeat(length)} boom`);
});

test('words too long to stand beside the underline stand below it, and fit', () => {
  const source = sourceOf('ReLU');
  const words = 'TypeError: hidden.flat() gives modules, and this is a long story about what was expected';
  const marks = [{ at: findRange(source, 'hidden.flat()'), severity: 'error' as const, text: words }];
  const lines = plainText(annotateSource(source, [], { marks, width: 70, context: 0 }))
    .split('\n')
    .slice(2);
  expect(lines[0]?.trim()).toBe('^'.repeat(13));
  expect(
    lines
      .slice(1)
      .map((line) => line.trim())
      .join(' '),
  ).toBe(words);
  expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(70);
});

test('one flow without room at the end of its line hangs below it', () => {
  const [, last] = plainText(annotateSource(sourceOf('ReLU'), sites.slice(2, 3), { width: 45, context: 0 }))
    .split('\n')
    .filter((line) => line.trim() !== '⋮');
  expect(last?.trim()).toBe('╰ ▇ ∂ 1.2e-1');
});

test('what speaks of another version of the file is left out', () => {
  const later = { ...sourceOf('Sigmoid'), hash: 'c6' };
  expect(plainText(annotateSource(later, sites))).not.toContain('∂');
});

test('wide characters and tabs before an expression move its flow along', () => {
  const text = "\tconst 층 = ['한글', new Linear(2, 5), new Linear(5, 5)];";
  const source: SourceEvent = { type: 'source', file: 'train.ts', hash: 'b5', text };
  const layers = ['new Linear(2, 5)', 'new Linear(5, 5)'].map((piece, index) => ({
    ...layersOf('ReLU')[2 * index]!,
    at: findRange(source, piece),
  }));
  const [code = '', , flow = ''] = plainText(
    annotateSource(source, flowSites(layers, [stepOf(1, 1, powersOf(10), [])])),
  ).split('\n');
  expect(measureWidth(flow.slice(0, flow.indexOf('╰')))).toBe(measureWidth(code.slice(0, code.indexOf('new Linear'))));
});

test('lines are counted as ECMAScript counts them', () => {
  const text = 'a\rb\r\nc\u2028d\n\n';
  const lines = annotateSource({ type: 'source', file: 'train.ts', hash: 'b5', text }, []);
  expect(plainText(lines)).toBe(' 1  a\n 2  b\n 3  c\n 4  d\n 5');
});

test('control characters do not reach the terminal', () => {
  const source: SourceEvent = { type: 'source', file: 'train.ts', hash: 'b5', text: "print('\u001b[2J\u009b');" };
  expect(plainText(annotateSource(source, []))).toBe(" 1  print('␛[2J�');");
});

test('two flows at one expression share its stem', () => {
  const [linear, sigmoid] = layersOf('Sigmoid').slice(18);
  const source = sourceOf('Sigmoid');
  const both = flowSites(
    [linear!, { ...sigmoid!, at: linear!.at! }],
    [stepOf(1, 1, [1], [1])].map((step) => ({ ...step, gradients: { 19: 1, 20: 2 } })),
  );
  const lines = plainText(annotateSource(source, both)).split('\n');
  expect(lines.filter((line) => line.includes('∂')).map((line) => line.trim())).toEqual([
    '├ █ ∂ 1.0e0',
    '╰ █ ∂y 2.0e0',
  ]);
});

describe('for any run', () => {
  const anySource = fc
    .array(fc.string({ unit: fc.constantFrom('a', ' ', '(', '한', '\t'), maxLength: 60 }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((lines): SourceEvent => ({ type: 'source', file: 'train.ts', hash: 'b5', text: `${lines.join('\n')}\n` }));

  test.prop([anySource, anyRun(anyFigure), fc.integer({ min: 20, max: 120 })])(
    'every source line is there in order, and every flow of a site on it once',
    (source, { layers, steps }, width) => {
      const found = flowSites(layers, steps).filter(
        ({ text, at }) => text !== '' && at && at.start.line <= source.text.split('\n').length - 1,
      );
      const lines = annotateSource(source, found, { width });
      const own = lines.filter((line) => line.source !== undefined);
      const codes = own.map(({ segments }) =>
        segments
          .filter(({ role }) => role === 'code')
          .map(({ text }) => text)
          .join(''),
      );
      expect(codes.join('\n')).toBe(source.text.replace(/\n$/, '').replaceAll('\t', '  '));
      expect(own.map((line) => line.source)).toEqual(codes.map((_, index) => index + 1));
      const figures = lines.flatMap(({ segments }) =>
        segments.filter(({ role }) => role === 'figure').map(({ text }) => text.trim()),
      );
      expect(figures.toSorted()).toEqual(found.map(({ figureText }) => figureText).toSorted());
      expect(plainText(lines)).not.toContain('undefined');
    },
  );
});

function powersOf(factor: number): number[] {
  return Array.from({ length: 10 }, (_, i) => factor ** -i);
}
