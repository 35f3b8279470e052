import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import { openVSCode } from './harness/open-vscode.ts';

const preload = fileURLToPath(new URL('harness/refuse-network.cjs', import.meta.url));

/** Runs a line of JavaScript in a watched process. Gives what it printed, and what is in the record. */
async function runWatched(code: string): Promise<{ printed: string; refused: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'backflow-e2e-'));
  const log = join(folder, 'network.log');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', preload, '-e', code], {
      env: { NETWORK_LOG: log },
    });
    const lines = (await readFile(log, 'utf8')).split('\n');
    return { printed: stdout, refused: lines.filter((line) => line.startsWith('refused')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('what wants something from another machine', () => {
  test.each([
    ["fetch('http://example.com/')", 'example.com:80'],
    ["fetch('https://203.0.113.7/')", '203.0.113.7:443'],
    ["new Promise((_, no) => require('node:https').get('https://example.com').on('error', no))", 'example.com:443'],
    ["new Promise((_, no) => require('node:net').connect(25, 'example.com').on('error', no))", 'example.com:25'],
  ])('is refused and on the record: %s', async (call, target) => {
    const { printed, refused } = await runWatched(
      `${call}.catch((error) => console.log((error.cause ?? error).message))`,
    );
    expect(printed).toContain('is another machine: refused');
    expect(refused).toEqual([expect.stringContaining(`refused ${target}`)]);
  });

  const call = JSON.stringify("fetch('http://example.com/').catch(() => {})");
  test.each([
    ['child process', `require('node:child_process').execFileSync(process.execPath, ['-e', ${call}])`],
    ['worker', `new (require('node:worker_threads').Worker)(${call}, { eval: true })`],
  ])('is so in a %s too', async (_, code) => {
    const { refused } = await runWatched(code);
    expect(refused).toEqual([expect.stringContaining('refused example.com:80')]);
  });

  test('is so in the page', async () => {
    const vscode = await openVSCode(inject('tools'), { workspace: {} });
    try {
      await vscode.page.evaluate(() => fetch('https://example.com/').catch(() => {}));
      await expect.poll(() => vscode.outsideRequests()).toEqual(['https://example.com/, by the page']);
    } finally {
      await vscode.close();
    }
    await rm(vscode.run, { recursive: true });
  });
});

test('what stays on this machine is let through', async () => {
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { printed, refused } = await runWatched(
      `fetch('http://localhost:${port}').then((answer) => answer.text()).then(console.log)`,
    );
    expect({ printed, refused }).toEqual({ printed: 'hello\n', refused: [] });
  } finally {
    server.close();
  }
});
