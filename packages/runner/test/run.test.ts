import { stringifyEvent } from '@backflow/trace';
import { describe, expect, test } from 'vitest';
import { isScheduled } from '../src/child/schedule.ts';
import { run } from '../src/run.ts';
import { runFiles, STEP, trainingFolder } from './training-folder.ts';

const XOR = `import { gates } from '@backflow/datasets';
import { BCELoss, Linear, ReLU, Sequential, setting, SGD, Sigmoid } from '@backflow/nn';
const { x, y } = gates.xor();
const model = new Sequential(new Linear(2, 5), new ReLU(), new Linear(5, 1), new Sigmoid());
const optimizer = new SGD(model.parameters(), { lr: setting('lr', 0.1) });
const criterion = new BCELoss();
for (let step: number = 1; step <= 137; step++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(x), y);
  loss.backward();
  optimizer.step();
  if (step % 50 === 0) console.log('at', step);
}
console.error('done');
`;

describe.concurrent('a training file', () => {
  test('becomes a trace: its text, its layers, its scheduled steps, the last step, and its output in order', async () => {
    const { events, steps, layers, end, output } = await runFiles({ 'train.ts': XOR });
    expect(events[0]).toMatchObject({ type: 'run-start', file: 'train.ts', seed: 0, settings: {} });
    expect(events[1]).toMatchObject({ type: 'source', file: 'train.ts', text: XOR });
    expect(layers.map(({ id, kind, path, figure }) => [id, kind, path, figure])).toEqual([
      [1, 'Linear', '0', 'weight'],
      [2, 'ReLU', '1', 'output'],
      [3, 'Linear', '2', 'weight'],
      [4, 'Sigmoid', '3', 'output'],
    ]);
    const scheduled = Array.from({ length: 136 }, (_, index) => index + 1).filter(isScheduled);
    expect(steps.filter(({ live }) => !live).map(({ step }) => step)).toEqual([...scheduled, 137]);
    for (const { gradients } of steps) {
      expect(Object.keys(gradients)).toEqual(['1', '2', '3', '4']);
      for (const figure of Object.values(gradients)) expect(figure).toBeGreaterThan(0);
    }
    expect(output).toBe('at 50\nat 100\ndone\n');
    const printed = events.filter((event) => event.type === 'console');
    expect(printed.map(({ stream, step }) => [stream, step])).toEqual([
      ['stdout', 50],
      ['stdout', 100],
      ['stderr', 137],
    ]);
    expect(events.at(-1)).toBe(end);
    expect(end).toMatchObject({ reason: 'done', steps: 137 });
  });

  test('gives the same trace for the same seed, apart from the time, and another one for another', async () => {
    const trace = async (seed: number): Promise<string> => {
      const { events } = await runFiles({ 'train.ts': XOR }, { seed });
      const saved = events.filter((event) => !(event.type === 'step' && event.live));
      return saved
        .map((event) => stringifyEvent('elapsedMs' in event ? { ...event, elapsedMs: 0 } : event))
        .join('')
        .replace(/"seed":\d/, '');
    };
    const [first, again, other] = await Promise.all([trace(7), trace(7), trace(8)]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('is given its settings and arguments, and a step budget ends it in the middle of its loop', async () => {
    const { events, steps, end, output } = await runFiles(
      {
        'train.ts': `${XOR.replace(/^/, "import { argv } from 'node:process'; console.log(argv.slice(2), setting('lr', 0.1));")}`,
      },
      { settings: { lr: '0.25' }, arguments: ['--data', 'x y'], steps: 105 },
    );
    expect(events[0]).toMatchObject({ settings: { lr: '0.25' }, totalSteps: 105 });
    expect(output).toContain("[ '--data', 'x y' ] 0.25");
    expect(steps.at(-1)?.step).toBe(105);
    expect(end).toMatchObject({ reason: 'step-budget', steps: 105 });
  });

  test.each([
    [
      'spelled a little wrong',
      { hiden: 0 },
      'Nothing came of the setting hiden: the file never asked for it. It asked for hidden, lr.',
    ],
    [
      'that fit nothing',
      { depth: 1, size: 2 },
      'Nothing came of the settings depth, size: the file never asked for them. It asked for hidden, lr.',
    ],
  ])('is told of settings %s', async (_, settings, message) => {
    const { events, end } = await runFiles(
      {
        'train.ts': `import { setting } from '@backflow/nn';\n${STEP}setting('hidden', 1); setting('lr', 1);\nfor (;;) step();`,
      },
      { settings: { lr: 2, ...settings }, steps: 3 },
    );
    expect(events.filter((event) => event.type === 'diagnosis')).toMatchObject([
      { code: 'unused-setting', severity: 'warning', message },
    ]);
    expect(end.reason).toBe('step-budget');
  });

  test('with two optimisers in its loop has two steps of each pass', async () => {
    const second = 'const other = new SGD(net.parameters(), { lr: 0.1 });';
    const { end, output } = await runFiles(
      { 'train.ts': `${STEP}${second}\nfor (let i = 1; ; i++) { console.log(i); step(); other.step(); }` },
      { steps: 4 },
    );
    expect(end).toMatchObject({ reason: 'step-budget', steps: 4 });
    expect(output).toBe('1\n2\n');
  });

  test('without an optimiser has a step at each root backward()', async () => {
    const { steps, end } = await runFiles({
      'train.js': `import { value } from '@backflow/autograd';
for (let i = 1; i <= 3; i++) value(i).mul(2).backward();`,
    });
    expect(steps.map(({ loss }) => loss)).toEqual([2, 4, 6]);
    expect(end).toMatchObject({ reason: 'done', steps: 3 });
  });

  test.each(['train.js', 'train.mjs', 'train.mts'])('may be called %s, with no package.json above it', async (name) => {
    const { end } = await runFiles({ [name]: `${STEP}step();` });
    expect(end).toMatchObject({ reason: 'done', steps: 1 });
  });

  test('prints what it likes: bytes, other encodings, what no JSON can hold, what its own children print', async () => {
    const { output, end } = await runFiles({
      'train.ts': `import { execFileSync } from 'node:child_process';
import { writeSync } from 'node:fs';
process.stdout.write('c3a9', 'hex');
process.stdout.write(new Uint8Array([0xea, 0xb0]));
process.stdout.write(new Uint8Array([0x80]), () => console.log('written'));
const odd: { self?: unknown } = {};
odd.self = odd;
console.log(odd, 1n, Symbol('s'), NaN, -0, new Proxy({}, {}), { get x() { throw new Error('not read'); } });
await new Promise((done) => setTimeout(done, 1));
writeSync(1, 'raw ');
execFileSync(process.execPath, ['-e', 'console.log("child")'], { stdio: 'inherit' });
`,
    });
    for (const text of [
      'é가',
      '<ref *1> { self: [Circular *1] } 1n Symbol(s) NaN -0 {}',
      'written\n',
      'raw ',
      'child\n',
    ]) {
      expect(output).toContain(text);
    }
    expect(end.reason).toBe('done');
  });

  test('finds its input at its end', async () => {
    const { output } = await runFiles({
      'train.ts': `import { readFileSync } from 'node:fs';
console.log([readFileSync(0, 'utf8')]);
process.stdin.on('data', () => {}).on('end', () => console.log('end'));`,
    });
    expect(output).toBe("[ '' ]\nend\n");
  });
});

describe('the events of a run', () => {
  test('come to a for-await loop, and leaving it ends the run', async () => {
    const folder = trainingFolder({ 'train.ts': `${STEP}for (;;) step();` });
    const running = run(`${folder}/train.ts`);
    let steps = 0;
    for await (const event of running) {
      if (event.type === 'step') steps += 1;
      if (steps === 3) break;
    }
    expect(await running.done).toMatchObject({ type: 'run-end', reason: 'stopped' });
  });

  test('wait for a slow reader without piling up: the child is slowed down', async () => {
    const folder = trainingFolder({ 'train.ts': "for (let i = 0; i < 30_000; i++) console.log('x'.repeat(100), i);" });
    let received = 0;
    const running = run(`${folder}/train.ts`, { onEvent: () => (received += 1) });
    const events = running[Symbol.asyncIterator]();
    await events.next();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(received).toBeLessThan(5_000);
    while (!(await events.next()).done);
    expect(await running.done).toMatchObject({ reason: 'done' });
    expect(received).toBeGreaterThan(30_000);
  });
});
