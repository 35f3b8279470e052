import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseTrace } from '@backflow/trace';
import { afterAll, describe, expect, test } from 'vitest';
import { STEP, trainingFolder } from './training-folder.ts';

const BIN = fileURLToPath(new URL('../bin/backflow.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** The command in a folder, as a shell without a terminal would start it. */
function start(folder: string, ...line: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...line], { cwd: folder });
  children.push(child);
  return child;
}

async function backflow(folder: string, ...line: readonly string[]): Promise<Ended> {
  const child = start(folder, ...line);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
  return { code, stdout, stderr };
}

const NET = `import { gates } from '@backflow/datasets';
import { BCELoss, Linear, Sequential, SGD, Sigmoid } from '@backflow/nn';
const { x, y } = gates.xor();
const model = new Sequential(
  new Linear(2, 5),
  new Sigmoid(),
  new Linear(5, 1),
  new Sigmoid(),
);
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
const criterion = new BCELoss();
for (let step = 1; step <= 120; step++) {
  optimizer.zeroGrad();
  criterion.forward(model.forward(x), y).backward();
  optimizer.step();
}
console.log('learner says hi');
`;

describe.concurrent('backflow run', () => {
  test('prints the source with the flow beside each layer and the words, in plain lines; show prints the same', async () => {
    const folder = trainingFolder({ 'train.ts': NET });
    const { code, stdout, stderr } = await backflow(folder, 'run', 'train.ts', '--save', 'out.trace');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^learner says hi\n/);
    expect(stdout).toMatch(/ 5 {4}new Linear\(2, 5\), +[▁▂▃▄▅▆▇█] ∂ \d\.\de-\d/);
    expect(stdout).toMatch(/ 8 {4}new Sigmoid\(\), +[▁▂▃▄▅▆▇█] ∂y \d\.\de/);
    expect(stdout).toMatch(/Done: 120 steps in .* · loss 0\.\d+ → 0\.\d+/);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);

    expect(readdirSync(folder).sort()).toEqual(['out.trace', 'train.ts']);
    const { events, complete } = parseTrace(readFileSync(`${folder}/out.trace`, 'utf8'));
    expect(complete).toBe(true);
    expect(events.filter((event) => event.type === 'step' && event.live)).toEqual([]);
    expect(await backflow(folder, 'show', 'out.trace')).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('--json prints the trace and nothing else', async () => {
    const { code, stdout, stderr } = await backflow(trainingFolder({ 'train.ts': NET }), 'run', 'train.ts', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const { events, complete } = parseTrace(stdout);
    expect(complete).toBe(true);
    expect(events.find((event) => event.type === 'console')?.text).toBe('learner says hi\n');
  });

  test('hands settings, seed, steps and arguments on', async () => {
    const folder = trainingFolder({
      'train.ts': `import { setting } from '@backflow/nn';\n${STEP}console.log(setting('lr', 1), process.argv[2]);\nfor (;;) step();`,
    });
    const line = ['run', 'train.ts', '--set', 'lr=0.5', '--seed', '7', '--steps', '12', '--json', '--', '--data'];
    const { code, stdout } = await backflow(folder, ...line);
    const { events } = parseTrace(stdout);
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ seed: 7, settings: { lr: '0.5' }, totalSteps: 12 });
    expect(events.find((event) => event.type === 'console')?.text).toBe('0.5 --data\n');
    expect(events.at(-1)).toMatchObject({ reason: 'step-budget', steps: 12 });
  });

  test('marks the line that threw, and keeps the flow before it', async () => {
    const folder = trainingFolder({ 'train.ts': `${STEP}step();\nthrow new Error('boom');` });
    const { code, stdout } = await backflow(folder, 'run', 'train.ts');
    expect(code).toBe(1);
    expect(stdout).toMatch(/new Linear\(2, 1\); +█ ∂/);
    expect(stdout).toMatch(/\n 7 {2}throw new Error\('boom'\);\n {10}\^{17} boom\n/);
  });

  test('an import that fails after some steps is a run that failed, not one that never was', async () => {
    const folder = trainingFolder({ 'train.ts': `${STEP}step();\nawait import('./nope.ts');` });
    const { code, stdout } = await backflow(folder, 'run', 'train.ts');
    expect(stdout).toContain('Failed: 1 step');
    expect(code).toBe(1);
  });

  test('a flood in an endless loop ends by its time with its own code, and the trace is saved', async () => {
    const folder = trainingFolder({ 'train.ts': "for (;;) console.log('flood'.repeat(2_000));" });
    const { code, stdout } = await backflow(folder, 'run', 'train.ts', '--time', '1.5', '--save', 'out.trace');
    expect(code).toBe(3);
    expect(stdout).toContain('printed more than can be shown');
    expect(parseTrace(readFileSync(`${folder}/out.trace`, 'utf8')).complete).toBe(true);
  });

  test('ends quietly with its reader, and takes the training with it', async () => {
    const folder = trainingFolder({ 'train.ts': "for (;;) console.log('y');" });
    const child = start(folder, 'run', 'train.ts', '--save', 'out.trace');
    const errors = text(child.stderr!);
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    const [code] = await once(child, 'exit');
    expect([code, await errors]).toEqual([0, '']);
    expect(readdirSync(folder)).toEqual(['train.ts']);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s stops it and shows what is there', async (signal) => {
    const folder = trainingFolder({ 'train.ts': `${STEP}step();\nconsole.log('stepped');\nfor (;;);` });
    const child = start(folder, 'run', 'train.ts');
    const stdout = text(child.stdout!);
    await once(child.stdout!, 'data');
    child.kill(signal);
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(await stdout).toMatch(/ \^+ When it was stopped, train\.ts, line 8, was running\.[\s\S]*Stopped: 1 step/);
  });

  test.each([
    ['a syntax error', { 'train.ts': 'const a: = 1;' }, ['run', 'train.ts'], 'stdout', 'train.ts:1:10'],
    ['a missing import', { 'train.ts': "import './nothing.ts';" }, ['run', 'train.ts'], 'stdout', './nothing.ts'],
    ['no such file', {}, ['run', 'train.ts'], 'stderr', 'There is no file train.ts'],
    ['no file', {}, ['run'], 'stderr', 'which file'],
    ['two files', {}, ['run', 'a.ts', 'b.ts'], 'stderr', 'one file at a time'],
    ['an unknown option', {}, ['run', 'a.ts', '--stesp', '3'], 'stderr', "'--stesp'"],
    ['an unknown command', {}, ['train', 'a.ts'], 'stderr', 'train'],
    ['no whole number of steps', {}, ['run', 'a.ts', '--steps', '1.5'], 'stderr', '--steps is "1.5"'],
    [
      'a dash where a value should be',
      {},
      ['run', 'a.ts', '--seed', '-1'],
      'stderr',
      "'--seed' needs a value, and what begins with a dash is read as an option. See",
    ],
    ['a seed beyond 32 bits', {}, ['run', 'a.ts', '--seed=4294967296'], 'stderr', 'from 0 to 4294967295'],
    ['a seed below 0', {}, ['run', 'a.ts', '--seed=-1'], 'stderr', '--seed is "-1"'],
    ['a setting without a value', {}, ['run', 'a.ts', '--set', 'lr'], 'stderr', 'NAME=VALUE'],
    ['a folder to save in that is not there', { 'a.ts': '' }, ['run', 'a.ts', '--save', 'no/x'], 'stderr', 'no/x'],
    ['no run before a file', {}, ['train.ts', '--steps', '3'], 'stderr', 'Did you mean: backflow run train.ts?'],
    ['no show before a trace', {}, ['x.trace'], 'stderr', 'Did you mean: backflow show x.trace?'],
    ['no trace to show', {}, ['show', 'x.trace'], 'stderr', 'backflow: There is no file x.trace.\n'],
    ['a folder to show', { 'folder/x': '' }, ['show', 'folder'], 'stderr', 'folder cannot be read'],
    ['a trace that is none', { 'x.trace': 'hello\n' }, ['show', 'x.trace'], 'stderr', 'line 1'],
  ] as const)('%s is told, with exit code 2', async (_, files, line, stream, words) => {
    const ended = await backflow(trainingFolder(files), ...line);
    expect(ended.code).toBe(2);
    expect(ended[stream]).toContain(words);
  });

  test('a save that does not come about leaves the older trace as it was', async () => {
    const folder = trainingFolder({ 'train.ts': `${STEP}step();\nconsole.log(1);\nfor (;;);`, 'out.trace': 'older' });
    const child = start(folder, 'run', 'train.ts', '--save', 'out.trace');
    await once(child.stdout!, 'data');
    expect(readFileSync(`${folder}/out.trace`, 'utf8')).toBe('older');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(readFileSync(`${folder}/out.trace`, 'utf8')).toBe('older');
  });
});

describe('in a terminal', () => {
  /** `script` of util-linux gives a command a terminal of its own. */
  const SCRIPT = '/usr/bin/script';

  test.runIf(existsSync(SCRIPT))('there is a progress line, colour, and the output above it', async () => {
    const folder = trainingFolder({
      'train.ts': `${STEP}console.log('hello');\nconst end = performance.now() + 700;\nwhile (performance.now() < end) step();`,
    });
    const shell = (env: Record<string, string>): Promise<string> => {
      const command = `'${process.execPath}' '${BIN}' run train.ts`;
      const { NO_COLOR: _, ...inherited } = process.env;
      const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], { cwd: folder, env: { ...inherited, ...env } });
      return text(child.stdout);
    };
    const clear = '\r\u001b[2K';
    const colored = await shell({});
    const drawn = colored.split(clear);
    expect(drawn).toContainEqual(expect.stringMatching(/^step [\d,]+ · loss \S+ · [\d,.]+ steps\/s · /));
    expect(drawn).toContainEqual('hello\r\n');
    expect(colored).toContain('\u001b[36m');
    const plain = await shell({ NO_COLOR: '1' });
    expect(plain).toContain('new Linear');
    expect(plain.replaceAll(clear, '')).not.toContain('\u001b');
  });
});

test('--help names every option, every exit code and every command; --version is the package version', async () => {
  const folder = trainingFolder({});
  const { code, stdout } = await backflow(folder, '--help');
  expect(code).toBe(0);
  const words = ['run', 'show', '--steps', '--time', '--memory', '--seed', '--set', '--json', '--save', '--no-color'];
  expect(stdout).toContain('Types are taken out, not checked');
  for (const word of [...words, '0', '1', '2', '3', '4', '130']) expect(stdout).toContain(word);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(await backflow(folder, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});
