import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { run } from '../src/run.ts';
import { runFiles, STEP, STEP_LINES, textAt, trainingFolder } from './training-folder.ts';

/** Resolves once a process is gone. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await wait(20);
  }
}

describe.concurrent('an endless loop', () => {
  const LOOP = `${STEP}for (let i = 0; i < 137; i++) step();
process.on('SIGTERM', () => {});
function spin(): void {
  let i = 0;
  while (true) { i++; }
}
spin();
`;

  test('ends when its time is up, and the line that was running is told; the last step stands', async () => {
    const { events, steps, error, end } = await runFiles({ 'train.ts': LOOP }, { timeMs: 1_000 });
    expect(error).toMatchObject({ phase: 'killed', name: 'time-budget', step: 138 });
    expect(textAt(events, error?.at)).toBe('while (true) { i++; }');
    expect(error?.message).toContain(`line ${STEP_LINES + 5}`);
    expect(steps.at(-1)).toMatchObject({ step: 137 });
    expect(steps.at(-1)?.live).toBeUndefined();
    expect(end).toMatchObject({ reason: 'time-budget', steps: 137 });
  });

  test('is stopped, SIGTERM ignored or not, and what was recorded stands', async () => {
    const { events, steps, error, end } = await runFiles(
      { 'train.ts': LOOP },
      { watch: (event, running) => event.type === 'step' && event.step === 130 && setTimeout(running.stop, 500) },
    );
    expect(end).toMatchObject({ reason: 'stopped', steps: 137 });
    expect(error).toBeUndefined();
    const told = events.find((event) => event.type === 'diagnosis');
    expect(told).toMatchObject({ code: 'stopped', severity: 'info' });
    expect(textAt(events, told?.at)).toBe('while (true) { i++; }');
    expect(steps.at(-1)?.step).toBe(137);
  });
});

test('a run that is ended anywhere in its steps keeps the last one, and says which line was running', async () => {
  const outcomes = await Promise.all(
    [2_500, 2_530, 2_560, 2_590, 2_620, 2_650].map((timeMs) =>
      runFiles({ 'train.ts': `${STEP}for (;;) { step(); console.log('x'); }` }, { timeMs }),
    ),
  );
  for (const { events, steps, error, end, output } of outcomes) {
    expect(end.reason).toBe('time-budget');
    expect(error?.at?.start.line).toBeOneOf([STEP_LINES, STEP_LINES + 1]);
    expect(steps.at(-1)?.step).toBe(end.steps);
    expect(output.replaceAll('x\n', '')).toBe('');
    expect(events.at(-1)).toBe(end);
  }
});

test('a run that is stopped before its file began has a whole trace', async () => {
  const folder = trainingFolder({ 'train.ts': 'for (;;);' });
  const types: string[] = [];
  const running = run(`${folder}/train.ts`, { onEvent: ({ type }) => types.push(type) });
  running.stop();
  expect(await running.done).toMatchObject({ reason: 'stopped', steps: 0 });
  expect(types[0]).toBe('run-start');
  expect(types.at(-1)).toBe('run-end');
});

test('a file that waits for ever ends when its time is up, and nothing was running', async () => {
  const { error, end } = await runFiles({ 'train.ts': 'setInterval(() => {}, 1_000);' }, { timeMs: 200 });
  expect(error).toMatchObject({ phase: 'killed', name: 'time-budget', message: expect.stringContaining('waited') });
  expect(error?.at).toBeUndefined();
  expect(end.reason).toBe('time-budget');
});

test('a file that awaits what never comes is told so', async () => {
  const { error, end } = await runFiles({ 'train.ts': `${STEP}step();\nawait new Promise(() => {});` });
  expect(error).toMatchObject({ phase: 'throw', name: 'Error', code: 'unsettled-await', step: 2 });
  expect(end).toMatchObject({ reason: 'error', steps: 1 });
});

describe('a file that fills the memory', () => {
  test('ends at its budget, and the line that was running is told', async () => {
    const { events, error, end } = await runFiles(
      { 'train.ts': `${STEP}step();\nconst all: unknown[] = [];\nwhile (true) all.push(new Array(100).fill(0.5));` },
      { memoryBytes: 256 * 1024 * 1024 },
    );
    expect(error).toMatchObject({ phase: 'killed', name: 'memory-budget', step: 2 });
    expect(textAt(events, error?.at)).toContain('all.push');
    expect(end).toMatchObject({ reason: 'memory-budget', steps: 1 });
  });

  test('faster than anyone can look is told to have done so, without the dump of the engine', async () => {
    const { error, end, output } = await runFiles(
      { 'train.ts': `${STEP}step();\nnew Array(2 ** 27 - 1).fill({});` },
      { memoryBytes: 256 * 1024 * 1024 },
    );
    expect(error).toMatchObject({ phase: 'killed', name: 'memory-budget' });
    expect(end.reason).toBe('memory-budget');
    expect(output).not.toContain('GCs');
  });
});

describe.concurrent('process.exit', () => {
  test('with a code is an error at its call', async () => {
    const { events, error, end, output } = await runFiles({
      'train.ts': `${STEP}step();\nprocess.on('exit', () => console.log('too late'));\nprocess.exit(3);`,
    });
    expect(error).toMatchObject({ phase: 'exit', name: 'process.exit', step: 2 });
    expect(error?.message).toContain('process.exit(3)');
    expect(textAt(events, error?.at)).toBe('exit(3)');
    expect(end).toMatchObject({ reason: 'error', steps: 1 });
    expect(output).toBe('');
  });

  test('with 0 is an end that is told', async () => {
    const { events, error, end } = await runFiles({ 'train.ts': `${STEP}step();\nprocess.exit();\nstep();` });
    expect(error).toBeUndefined();
    const told = events.find((event) => event.type === 'diagnosis');
    expect(told).toMatchObject({ code: 'exited', severity: 'info' });
    expect(textAt(events, told?.at)).toBe('exit()');
    expect(end).toMatchObject({ reason: 'done', steps: 1 });
  });

  test('passed by (abort) is a crash, and its flow stands', async () => {
    const { error, end, steps, output } = await runFiles({ 'train.ts': `${STEP}step();\nprocess.abort();` });
    expect(error).toMatchObject({
      phase: 'killed',
      name: 'crashed',
      step: 2,
      message: expect.stringContaining('SIGABRT'),
    });
    expect(end).toMatchObject({ reason: 'crashed', steps: 1 });
    expect(steps).toHaveLength(1);
    expect(output).toBe('');
  });
});

test('a flood of output is cut, counted and told in one line, and stopping it takes effect', async () => {
  const { events, output, error, end } = await runFiles(
    { 'train.ts': "for (;;) console.log('flood'.repeat(1_000));" },
    { timeMs: 3_000 },
  );
  expect(end.reason).toBe('time-budget');
  expect(textAt(events, error?.at)).toContain('console.log');
  expect(output.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  const floods = events.filter((event) => event.type === 'diagnosis');
  expect(floods).toMatchObject([{ code: 'console-flood', severity: 'warning' }]);
  expect(floods[0]?.message).toMatch(/the first 4\.0 MB are here, [\d.]+ MB \(\d+ writes\) were dropped/);
});

describe.concurrent('a file that trains nothing', () => {
  test.each([
    ['without a loss', "console.log('hi');", 'loss.backward()'],
    ['without optimizer.step()', `${STEP.replace(' optimizer.step();', '')}step();`, 'optimizer.step()'],
  ])('%s is told what a step needs', async (_, text, advice) => {
    const { events, end } = await runFiles({ 'train.js': text });
    const told = events.find((event) => event.type === 'diagnosis');
    expect(told).toMatchObject({ code: 'no-steps', severity: 'warning' });
    expect(told?.advice[0]).toContain(advice);
    expect(end).toMatchObject({ reason: 'done', steps: 0 });
  });

  test.each([
    ['done', 'i < 2_000', {}],
    ['step-budget', 'true', { steps: 2_000 }],
    ['error', 'i < 2_000 || nowhere()', {}],
  ] as const)(
    'without loss.backward() is told that no layer got a gradient, however it ends: %s',
    async (reason, condition, options) => {
      const { events, steps, end } = await runFiles(
        {
          'train.js': `${STEP}const nowhere = () => { throw new Error('end'); };
for (let i = 0; ${condition}; i++) { net.forward(tensor([[1, 2]])); optimizer.step(); }`,
        },
        options,
      );
      expect(events.filter((event) => event.type === 'diagnosis')).toMatchObject([
        {
          code: 'no-steps',
          severity: 'warning',
          message: 'optimizer.step() ran 2,000 times, but backward() never: no layer got a gradient.',
          advice: ['Call loss.backward() before optimizer.step().'],
        },
      ]);
      expect(steps).toEqual([]);
      expect(end).toMatchObject({ reason, steps: 0 });
    },
  );
});

test('a file that writes into the trace ends the run, and its message says why', async () => {
  const { error, end } = await runFiles({
    'train.ts': "import { writeSync } from 'node:fs';\nwriteSync(3, 'garbage\\n');\nfor (;;);",
  });
  expect(error).toMatchObject({ phase: 'killed', message: expect.stringContaining('descriptor 3') });
  expect(end.reason).toBe('crashed');
});

test('what it started ends with it', async () => {
  const { output, end } = await runFiles({
    'train.ts': `import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
console.log(child.pid);
child.unref();
`,
  });
  expect(end.reason).toBe('done');
  await gone(Number(output));
});

test('it ends when whoever started it is killed', async () => {
  const folder = trainingFolder({
    'train.ts': 'console.log(process.pid);\nfor (;;);',
    'parent.mjs': `import { run } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
run(process.argv[2], { onEvent: (event) => event.type === 'console' && console.log(event.text) });`,
  });
  const parent = spawn(process.execPath, [`${folder}/parent.mjs`, `${folder}/train.ts`]);
  const [printed] = await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await gone(Number(printed));
});

describe('what cannot run is refused at once', () => {
  test('a memory budget smaller than Node itself', () => {
    const folder = trainingFolder({ 'train.ts': '' });
    expect(() => run(`${folder}/train.ts`, { memoryBytes: 1e6 })).toThrow(/256 MB/);
  });

  test.each([
    ['nothing.ts', 'no-such-file', 'nothing.ts'],
    ['train', 'no-such-file', 'Did you mean'],
    ['folder.ts', 'not-a-file', 'folder'],
    ['data.csv', 'wrong-extension', '.ts, .mts, .js, .mjs'],
  ])('%s', (name, code, words) => {
    const folder = trainingFolder({ 'train.ts': '', 'folder.ts/train.ts': '', 'data.csv': '' });
    let thrown: unknown;
    try {
      run(`${folder}/${name}`);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'RunnerError', code, message: expect.stringContaining(words) });
  });
});
