import { readFileSync } from 'node:fs';
import { addEvent, emptyState, parseTrace, stringifyEvent, stringifyHeader } from '@backflow/trace';
import { expect, test } from 'vitest';
import { annotateSource, closingLines, diagnose, flowSites, plainText, stepsOf } from '../src/index.ts';
import { layersOf, STARVED, sourceOf } from './stories.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example in the README tells a trace from beginning to end', () => {
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const body = code.slice(code.indexOf('{\n  const state') + 1, code.lastIndexOf('}'));
  const names = {
    addEvent,
    emptyState,
    parseTrace,
    annotateSource,
    closingLines,
    diagnose,
    flowSites,
    plainText,
    stepsOf,
  };
  const tell = new Function('trace', ...Object.keys(names), body) as (trace: string, ...names: unknown[]) => string;
  const trace = [
    { type: 'run-start', file: 'train.ts', hash: 'b5', seed: 0, settings: {} } as const,
    sourceOf('Sigmoid'),
    ...layersOf('Sigmoid'),
    ...STARVED,
    { type: 'run-end', reason: 'done', steps: 2000 } as const,
  ];
  const text = tell(stringifyHeader() + trace.map(stringifyEvent).join(''), ...Object.values(names));
  expect(text).toContain('const last = new Linear(5, 1);');
  expect(text).toContain('∂y 2.8e-1 → 1.7e-5 vanishing');
  expect(text).toContain('Done: 2,000 steps · loss 0.7227 → 0.6931');
  expect(text).toContain('The gradient vanishes');
});

test('the flow shown in the README is the one that the first page shows, which is checked against a real run', () => {
  const [row = 'no row'] = /(?<=^`)[▁-█]{9} ∂ .+ vanishing(?=`$)/m.exec(readme) ?? [];
  expect(readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')).toContain(row);
});
