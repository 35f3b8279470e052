import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnose, flowSites, tellingStep } from '@backflow/insight';
import { run } from '@backflow/runner';
import { addEvent, emptyState, type TraceState } from '@backflow/trace';
import { transformSync } from '@swc/wasm-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url);
/** A project that has the packages installed, and a folder that has nothing. */
const folder = mkdtempSync(join(tmpdir(), 'backflow-readme-'));
const bare = mkdtempSync(join(tmpdir(), 'backflow-bare-'));
beforeAll(() => {
  symlinkSync(fileURLToPath(new URL('node_modules', root)), join(folder, 'node_modules'), 'junction');
  const [train = ''] = blocksOf('README.md');
  for (const each of [folder, bare]) writeFileSync(join(each, 'train.ts'), train);
});
afterAll(() => {
  for (const each of [folder, bare]) rmSync(each, { recursive: true });
});

async function runToEnd(file: string): Promise<TraceState> {
  let state = emptyState();
  await run(file, {
    onEvent: (event) => {
      state = addEvent(state, event);
    },
  }).done;
  return state;
}

/** The TypeScript blocks of a page, each a whole program. */
function blocksOf(page: string): string[] {
  const text = readFileSync(new URL(page, root), 'utf8');
  return Array.from(text.matchAll(/```ts\n(.*?)```/gs), ([, code = '']) => code);
}

describe.each([
  'README.md',
  ...['autograd', 'nn', 'datasets', 'trace', 'insight', 'runner'].map((name) => `packages/${name}/README.md`),
])('the examples in %s', (page) => {
  test('run as they stand, beside a train.ts', () => {
    const blocks = blocksOf(page);
    expect(blocks.length).toBeGreaterThan(0);
    for (const code of blocks) {
      writeFileSync(join(folder, 'example.mjs'), transformSync(code, { mode: 'strip-only' }).code);
      const { status, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });
});

test('the training file in README.md runs in a folder where nothing is installed, and learns XOR', async () => {
  const { error, latest } = await runToEnd(join(bare, 'train.ts'));
  expect(error).toBeUndefined();
  expect(latest?.loss).toBeLessThan(0.1);
});

test('the flow in README.md is what lesson 05 shows', async () => {
  const state = await runToEnd(fileURLToPath(new URL('lessons/05-nine-hidden-sigmoid/train.ts', root)));
  const [layers, steps] = [[...state.layers], [...state.steps]];
  const told = tellingStep(steps, diagnose(layers, steps));
  const [site] = flowSites(layers, told ? [told] : []);
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  expect(readme).toContain(`Gradient flow at step ${told?.step}`);
  expect(readme).toContain(
    ` ${site?.at?.start.line}    hidden.push(new Linear(i === 0 ? 2 : 5, 5));  ${site?.bars} ${site?.text}`,
  );
});
