import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { openFile, runCommand } from './harness/by-hand.ts';
import { test } from './harness/e2e-test.ts';
import { readLines } from './harness/on-screen.ts';

/** Which of our extensions the extension host says it has activated. */
async function readActivations(run: string): Promise<string[]> {
  const logs = (await readdir(join(run, 'user', 'logs'), { recursive: true })).filter((path) =>
    path.endsWith('remoteexthost.log'),
  );
  const text = (await Promise.all(logs.map((path) => readFile(join(run, 'user', 'logs', path), 'utf8')))).join('');
  return [...text.matchAll(/_doActivateExtension (backflow\.[\w-]+)/g)].map(([, id]) => id ?? '');
}

describe('a fresh VS Code with the packaged extension', () => {
  test('lists it, and lets it rest until a training file opens', async ({ open }) => {
    const source = ["import { Linear } from '@backflow/nn';", '', 'export const first = new Linear(2, 5);', ''];
    const { page, run } = await open({
      workspace: { 'train.ts': source.join('\n'), 'notes.md': '# Notes\n' },
      file: 'notes.md',
    });
    await runCommand(page, 'View: Show Extensions');
    await page.keyboard.type('@installed Backflow');
    const names = page.locator('.extensions-viewlet .extension-list-item .name:visible');
    await expect.poll(() => names.allInnerTexts()).toEqual(['Backflow']);
    expect(await readActivations(run)).toEqual([]);

    await openFile(page, 'train.ts');
    await expect.poll(async () => (await readLines(page)).map((line) => line.source)).toEqual(source);
    await expect.poll(() => readActivations(run)).toEqual(['backflow.backflow']);
  });
});
