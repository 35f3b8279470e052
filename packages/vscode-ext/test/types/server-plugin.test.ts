import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
let modules: string;
let resolve: (literals: readonly { text: string }[]) => readonly { resolvedModule?: { resolvedFileName: string } }[];

beforeAll(async () => {
  modules = mkdtempSync(join(tmpdir(), 'backflow-plugin-'));
  const plugin = join(modules, 'backflow-ts-plugin/index.js');
  await build({
    entryPoints: [join(packages, 'vscode-ext/src/types/server-plugin/create-plugin.ts')],
    outfile: plugin,
    bundle: true,
    format: 'cjs',
    platform: 'node',
  });
  for (const name of ['autograd', 'nn', 'datasets']) {
    mkdirSync(join(modules, '@backflow', name), { recursive: true });
    cpSync(join(packages, name, 'package.json'), join(modules, '@backflow', name, 'package.json'));
  }
  const { createPlugin } = createRequire(import.meta.url)(plugin);
  const installed = { resolvedModule: { resolvedFileName: '/learner/node_modules/@backflow/autograd/index.d.ts' } };
  const host = {
    resolveModuleNameLiterals: (literals: readonly { text: string }[]) =>
      literals.map(({ text }) => (text === '@backflow/autograd' ? installed : {})),
  };
  const languageService = {};
  expect(createPlugin().create({ languageServiceHost: host, languageService })).toBe(languageService);
  resolve = host.resolveModuleNameLiterals as typeof resolve;
});

afterAll(() => rmSync(modules, { recursive: true }));

/** Where an import leads, below the folder of the packages. */
function fileOf(specifier: string): string | undefined {
  return resolve([{ text: specifier }])[0]?.resolvedModule?.resolvedFileName.replace(`${modules}/@backflow/`, '');
}

test('what nobody has installed gets the types that lie beside the plugin, public subpaths too', () => {
  expect(fileOf('@backflow/nn')).toBe('nn/dist/index.d.ts');
  expect(fileOf('@backflow/datasets/node')).toBe('datasets/dist/node/index.d.ts');
});

test("the learner's own install comes first", () => {
  expect(fileOf('@backflow/autograd')).toBe('/learner/node_modules/@backflow/autograd/index.d.ts');
});

test('what is not ours, not public or not there stays unknown', () => {
  expect(['react', '@backflow/nn/dist/module.js', '@backflow/none', './nn.ts'].map(fileOf)).toEqual(
    Array(4).fill(undefined),
  );
});
