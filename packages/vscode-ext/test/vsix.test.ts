import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageExtension } from '../scripts/stage.mjs';

const MB = 1_000_000;
const root = fileURLToPath(new URL('../../../', import.meta.url));
let stage: string;
let files: string[];

beforeAll(async () => {
  stage = mkdtempSync(join(tmpdir(), 'backflow-vsix-'));
  await stageExtension(stage);
  files = filesIn(stage);
});
afterAll(() => rmSync(stage, { recursive: true }));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
}

test('it holds what an editor loads, and nothing of our own kitchen', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'images/icon.png',
      'l10n/bundle.l10n.ko.json',
      'lessons/05-nine-hidden-sigmoid/README.ko.md',
      'lessons/05-nine-hidden-sigmoid/train.ts',
      'node_modules/@backflow/nn/dist/index.d.ts',
      'node_modules/@backflow/runner/dist/child/main.js',
      'node_modules/@backflow/runner/dist/child/watchdog.js',
      'node_modules/@swc/wasm-typescript/LICENSE',
      'node_modules/backflow-ts-plugin/index.js',
      'out/extension.js',
      'package.json',
      'package.nls.ko.json',
    ]),
  );
  const kitchen = /\.map$|\.test\.|(?:^|\/)(?:src|test|benchmarks|playwright-core|typescript|esbuild)\//;
  expect(files.filter((file) => kitchen.test(file))).toEqual([]);
});

test('nothing in it is native, or runs by itself when it is installed', () => {
  expect(files.filter((file) => /\.(?:node|dll|so|dylib|exe|sh)$/.test(file))).toEqual([]);
  const manifests = files.filter((file) => file.endsWith('package.json'));
  for (const file of manifests)
    expect(JSON.parse(readFileSync(join(stage, file), 'utf8')).scripts?.install).toBeUndefined();
});

test('each package in it comes with its licence', () => {
  const packages = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  const ours = (name: string) => name.startsWith('@backflow/') || name === 'backflow-ts-plugin';
  for (const name of [...packages].filter((each) => !ours(each)))
    expect(files.some((file) => new RegExp(`^node_modules/${name}/licen[cs]e`, 'i').test(file))).toBe(true);
});

test('its JavaScript wants nothing that is not in it: the runner it brings runs a lesson from there', () => {
  const url = pathToFileURL(join(stage, 'node_modules/@backflow/runner/dist/index.js')).href;
  const lesson = join(stage, 'lessons/05-nine-hidden-sigmoid/train.ts');
  const program = `import(${JSON.stringify(url)})
    .then(({ run }) => run(${JSON.stringify(lesson)}, { steps: 2 }).done)
    .then(({ reason, steps }) => console.log(reason, steps));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: stage, encoding: 'utf8' });
  expect(stdout + stderr).toBe('step-budget 2\n');
});

test('the bundle holds no package that it has as files: the two could differ', () => {
  const bundle = readFileSync(join(stage, 'out/extension.js'), 'utf8');
  expect(bundle).toContain('import("@backflow/runner")');
  expect(bundle).not.toContain('node:child_process');
});

test('packaged twice, it is the same file, of at most 2 MB; most of it is the type stripper, which is WebAssembly', () => {
  const pack = (): Buffer => {
    execFileSync(process.execPath, ['scripts/package.mjs'], { cwd: join(root, 'packages/vscode-ext'), stdio: 'pipe' });
    return readFileSync(join(root, 'packages/vscode-ext/backflow.vsix'));
  };
  const [first, second] = [pack(), pack()];
  expect(first.length).toBeLessThanOrEqual(2 * MB);
  expect(hash(second)).toBe(hash(first));
});

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
