import { describe, expect, test } from 'vitest';
import { runFiles, textAt } from './training-folder.ts';

/** A learner's own nn, reduced to one layer that does nothing but be made and stepped. */
function ownNn(protocol: number): Record<string, string> {
  return {
    'node_modules/@backflow/nn/package.json': JSON.stringify({
      name: '@backflow/nn',
      type: 'module',
      exports: { '.': './index.js', './observe': './observe.js' },
    }),
    'node_modules/@backflow/nn/index.js': `import { observers } from './observe.js';
export { Tensor } from '@backflow/autograd';
export class Own { constructor() { for (const observer of observers) { observer.moduleMade(this); observer.optimizerMade(); } } }
export function step() { for (const observer of observers) observer.stepped(); }`,
    'node_modules/@backflow/nn/observe.js': `export const observerProtocol = ${protocol};
export const observers = [];
export const observe = (observer) => observers.push(observer);
export const isLayer = () => true;
export const describe = () => ({ kind: 'Own', label: 'Own', parameters: [], figure: 'output' });
export const gradientNorm = () => 0.5;
export const pathsOf = () => new Map();
export const provideSettings = () => {};`,
  };
}

const TRAIN = `import { Tensor, value } from '@backflow/autograd';
import { gates } from '@backflow/datasets';
import { Own, step, Tensor as Theirs } from '@backflow/nn';
new Own();
value(1).mul(2).backward();
step();
console.log(Tensor === Theirs, gates.xor().x instanceof Tensor);
`;

describe.concurrent("a learner's own install", () => {
  test('wins, and what it lacks comes from the runner, all on one tape', async () => {
    const { events, layers, steps, output, error } = await runFiles({ 'train.ts': TRAIN, ...ownNn(1) });
    expect(error).toBeUndefined();
    expect(layers.map(({ kind, at }) => [kind, textAt(events, at)])).toEqual([['Own', 'new Own()']]);
    expect(steps.map(({ gradients }) => gradients)).toEqual([{ 1: 0.5 }]);
    expect(output).toBe('true true\n');
  });

  test('of another observer protocol is refused, and told how to go on', async () => {
    const { error, end } = await runFiles({ 'train.ts': TRAIN, ...ownNn(0) });
    expect(error).toMatchObject({ phase: 'import', name: 'incompatible-install' });
    expect(error?.message).toMatch(/@backflow\/nn .* protocol 0, this runner 1.*npm install @backflow\/nn@latest/);
    expect(end).toMatchObject({ reason: 'error', steps: 0 });
  });

  test('from before there were observers is refused too', async () => {
    const { error } = await runFiles({
      'train.ts': TRAIN,
      ...ownNn(1),
      'node_modules/@backflow/nn/package.json': JSON.stringify({ type: 'module', exports: './index.js' }),
    });
    expect(error).toMatchObject({ phase: 'import', name: 'incompatible-install' });
  });
});
