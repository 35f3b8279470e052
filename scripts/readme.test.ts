import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnose, flowSites, tellingStep } from '@backflow/insight';
import { run } from '@backflow/runner';
import { addEvent, emptyState, type TraceState } from '@backflow/trace';
import { afterAll, describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'backflow-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

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
  test('run as they stand, in a folder where nothing is installed', async () => {
    const blocks = blocksOf(page);
    expect(blocks.length).toBeGreaterThan(0);
    for (const [index, code] of blocks.entries()) {
      const file = join(folder, `${page.replaceAll('/', '-')}-${index}.ts`);
      writeFileSync(file, code);
      expect((await runToEnd(file)).error).toBeUndefined();
    }
  });
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
