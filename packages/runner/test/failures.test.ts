import { diagnose } from '@backflow/insight';
import { describe, expect, test } from 'vitest';
import { runFiles, STEP, STEP_LINES, textAt } from './training-folder.ts';

describe.concurrent('a file that cannot be read as a program', () => {
  test.each([
    ['a syntax error in TypeScript', 'train.ts', 'const a: number = ;\n', 'SyntaxError', ';'],
    [
      'one behind a tab and wide characters',
      'train.ts',
      "\tconst 가 = '😀'; const b: string = );\n",
      'SyntaxError',
      ')',
    ],
    ['one that only the engine sees', 'train.ts', 'const a: number = 1;\nconst a: string = "";\n', 'SyntaxError', 'a'],
    ['a syntax error in JavaScript', 'train.js', 'const a = 1;\nlet b = = 2;\n', 'SyntaxError', '='],
  ])('%s is told at its place, and nothing ran', async (_, file, text, name, place) => {
    const { events, error, end, steps } = await runFiles({ [file]: text });
    expect(error).toMatchObject({ phase: 'syntax', name, step: 1 });
    expect(textAt(events, error?.at)).toBe(place);
    expect(end).toMatchObject({ reason: 'error', steps: 0 });
    expect(steps).toEqual([]);
  });

  test.each([
    ['enum Kind { A, B }', 'const Kind ='],
    ['class A { constructor(private x: number) {} }', 'this.x = x'],
    ['namespace A { export const b = 1; }', 'a file of its own'],
    ['const a = <number>1;', 'value as Type'],
  ])('%s, which makes code of its own, is told with what to write instead', async (text, instead) => {
    const { error } = await runFiles({ 'train.ts': `// 가\n${text}\n` });
    expect(error).toMatchObject({ phase: 'syntax', name: 'unsupported-syntax', at: { start: { line: 2 } } });
    expect(error?.message).toContain(instead);
  });

  test('an error in a file that it imports is told in that file', async () => {
    const { events, error } = await runFiles({ 'train.ts': "import './part.ts';\n", 'part.ts': 'const x: = 1;\n' });
    expect(error?.at?.file).toBe('part.ts');
    expect(textAt(events, error?.at)).toBe('=');
  });
});

describe.concurrent('an import that leads nowhere is pointed at, with what to try', () => {
  test.each([
    ["import fs from 'node:fs';\nimport { x } from './modl.ts';", "'./modl.ts'", 'spelled'],
    ["import { x } from './model';", "'./model'", "'./model.ts'"],
    ["export * from 'no-such-package/part';", "'no-such-package/part'", 'npm install no-such-package'],
    ["const x: unknown = await import('@backflow/nnn');", "'@backflow/nnn'", '@backflow/nn,'],
    ["import { Linera } from '@backflow/nn';", 'Linera', 'spelled'],
    [
      "import { model, Shape } from './model.ts';",
      'Shape',
      'a type there, and types are gone when a program runs. Write: import type { Shape }',
    ],
    ["import nothing from './model.ts';", 'nothing', 'default'],
  ])('%s', async (text, place, advice) => {
    const { events, error, end } = await runFiles({
      'train.ts': text,
      'model.ts': 'export interface Shape { a: number }\nexport const model = 1;\n',
    });
    expect(error).toMatchObject({ phase: 'import', step: 1 });
    expect(textAt(events, error?.at)).toBe(place);
    expect(error?.message).toContain(advice);
    expect(end.reason).toBe('error');
  });

  test('a require of what only import can find', async () => {
    const { events, error } = await runFiles({ 'train.js': "const { Linear } = require('@backflow/nn');\n" });
    expect(error).toMatchObject({ phase: 'import', name: 'missing-module' });
    expect(error?.message).toContain("import { Linear } from '@backflow/nn'");
    expect(textAt(events, error?.at)).toBe("require('@backflow/nn')");
  });
});

describe.concurrent('a file that throws', () => {
  test('in step 738 is told at its line, with its own frames, and the flow up to step 737, off the schedule, stands', async () => {
    const { events, steps, error, end } = await runFiles({
      'train.ts': `${STEP}function fail(at: number): void {
  if (at === 738) throw new RangeError('boom');
}
for (let i: number = 1; ; i++) { fail(i); step(); }
`,
    });
    expect(error).toMatchObject({ phase: 'throw', name: 'RangeError', message: 'boom', step: 738 });
    expect(textAt(events, error?.at)).toBe("new RangeError('boom')");
    const [first, second] = [STEP_LINES + 2, STEP_LINES + 4];
    expect(error?.stack).toEqual([`fail (train.ts:${first}:25)`, `train.ts:${second}:34`]);
    expect(steps.at(-1)).toMatchObject({ step: 737, gradients: { 1: expect.any(Number) } });
    expect(end).toMatchObject({ reason: 'error', steps: 737 });
  });

  test.each([
    ['model(1);', 'model(1)', 'If model is a module, write model.forward(…).'],
    ['this_.fc(1);', 'fc(1)', undefined],
    ['new Net().go();', 'fc(1)', 'If this.fc is a module, write this.fc.forward(…).'],
    ['new Net()(1);', '(', 'If it is a module, call its forward: (…).forward(…).'],
    ['grad(model)(1);', undefined, undefined],
  ])('by calling what is no function is told how a module is called: %s', async (text, place, advice) => {
    const { events, error } = await runFiles({
      'train.ts': `import { grad } from '@backflow/autograd';
const model: any = {}, this_: any = {};
class Net { fc: any = {}; go() { this.fc(1); } }
${text}
`,
    });
    expect(error).toMatchObject({ phase: 'throw', name: expect.stringMatching(/Error$/) });
    if (place) expect(textAt(events, error?.at)).toBe(place);
    if (advice) expect(error?.message).toMatch(/ is not a function\. /);
    expect(error?.message.split(/\. (?=If)/)[1]).toBe(advice);
  });

  test('inside one of our packages is told at its own line, with its class and our stable code', async () => {
    const { events, error } = await runFiles({
      'train.ts': `import { tensor } from '@backflow/autograd';
import { Linear } from '@backflow/nn';
const net: Linear = new Linear(2, 5);
net.forward(tensor([[1, 2, 3]]));
`,
    });
    expect(error).toMatchObject({ phase: 'throw', step: 1, at: { start: { line: 4, column: 5 } } });
    expect(error).toMatchObject({ name: 'ShapeError', code: 'shape' });
    expect(textAt(events, error?.at)).toBe('forward(tensor([[1, 2, 3]]))');
    expect(error?.stack).toEqual(['train.ts:4:5']);
  });

  test.each([
    ['a string', "throw 'oops';", "'oops'"],
    ['nothing', 'throw undefined;', 'undefined'],
    ['what cannot be shown', 'throw new Proxy({}, { getPrototypeOf() { throw 1; }, get() { throw 1; } });', 'It threw'],
  ])('%s instead of an Error is told what to throw', async (_, text, shown) => {
    const { error } = await runFiles({ 'train.ts': text });
    expect(error).toMatchObject({ phase: 'throw', name: 'Error', code: 'non-error' });
    expect(error?.message).toContain(shown);
    expect(error?.message).toContain('Throw new Error');
  });

  test.each([
    [
      'in a promise that nobody awaits',
      "void Promise.reject(new Error('late'));\nawait new Promise(() => setInterval(() => {}, 1e3));",
    ],
    ['in a timer', "setTimeout(() => { throw new Error('late'); }, 1);"],
  ])('%s is told at its place', async (_, text) => {
    const { events, error, end } = await runFiles({ 'train.ts': `${STEP}step();\n${text}` });
    expect(error).toMatchObject({ phase: 'throw', message: 'late', step: 2 });
    expect(textAt(events, error?.at)).toBe("new Error('late')");
    expect(end).toMatchObject({ reason: 'error', steps: 1 });
  });
});

describe.concurrent('a loss that is not a number', () => {
  /** A net of two layers that fits 10x, with these lines before its training. */
  const net = (lr: number, before: string): string => `import { tensor } from '@backflow/autograd';
import { init, Linear, MSELoss, Sequential, SGD, Sigmoid } from '@backflow/nn';
const model = new Sequential(new Linear(1, 3), new Sigmoid(), new Linear(3, 1));
const optimizer = new SGD(model.parameters(), { lr: ${lr} });
const criterion = new MSELoss();
const [x, y] = [tensor([[1], [2], [3]]), tensor([[10], [20], [30]])];
${before}
for (let i = 0; i < 400; i++) {
  optimizer.zeroGrad();
  criterion.forward(model.forward(x), y).backward();
  optimizer.step();
}
`;

  test('from a learning rate that is too high is told with the last loss that was one, and to lower it', async () => {
    const { layers, steps } = await runFiles({ 'train.ts': net(20, '') });
    const [found] = diagnose(layers, steps);
    expect(found).toMatchObject({ code: 'non-finite', severity: 'error' });
    expect(found?.message).toMatch(/the loss is (?:NaN|∞)\..* At step \d+ the loss was still \d/);
    expect(found?.advice[0]).toContain('Lower the learning rate');
  });

  test('at step 1, from a weight that is NaN, blames no other layer and no learning rate', async () => {
    const { layers, steps } = await runFiles({
      'train.ts': net(0.1, 'init.constant_(model.parameters()[0], Number.NaN);'),
    });
    const [found] = diagnose(layers, steps);
    expect(found).toMatchObject({ code: 'non-finite', step: 1, layers: [3, 2, 1] });
    expect(found?.message).not.toMatch(/Linear|Sigmoid/);
    expect(found?.advice.join()).not.toContain('learning rate');
  });
});
