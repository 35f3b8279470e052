import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The project with its configuration and without its packages' code: whatever goes red in it was planted by a test. */
let bare: string;

beforeAll(() => {
  bare = mkdtempSync(join(tmpdir(), 'backflow-gates-'));
  const code = ['.git', '.turbo', 'node_modules', 'dist', 'src', 'test', 'lessons', 'benchmarks', 'docs'];
  for (const entry of readdirSync(root).filter((name) => !code.includes(name))) {
    cpSync(join(root, entry), join(bare, entry), { recursive: true, filter: (path) => !code.includes(basename(path)) });
  }
  symlinkSync(join(root, 'node_modules'), join(bare, 'node_modules'), 'junction');
});

afterAll(() => rmSync(bare, { recursive: true }));

function plant(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(bare, path)), { recursive: true });
    writeFileSync(join(bare, path), text);
  }
}

function npm(...args: string[]): { status: number | null; stdout: string } {
  return spawnSync(`npm run --silent ${args.join(' ')}`, { cwd: bare, shell: true, encoding: 'utf8' });
}

/** What a Biome gate finds, as `file rule`. */
function findings(gate: string): string[] {
  const { stdout } = npm(gate, '--', '--reporter=json', '--max-diagnostics=none');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  return diagnostics.map(({ category, location }) => `${location.path} ${category.split('/').at(-1)}`);
}

describe('check:arrows', () => {
  const upward = {
    'packages/autograd/src/upward.ts': `import '@backflow/nn';`,
    'packages/autograd/test/upward.ts': `import '@backflow/nn';`,
    'packages/nn/src/upward.ts': `export * from '@backflow/datasets';`,
    'packages/nn/src/node/upward.ts': `import type { Step } from '@backflow/trace';`,
    'packages/datasets/src/upward.ts': `import '@backflow/nn/node';`,
    'packages/trace/src/upward.ts': `void import('@backflow/insight');`,
    'packages/insight/src/upward.ts': `import '@backflow/autograd';`,
    'packages/runner/src/upward.ts': `import '@backflow/vscode-ext';`,
    'packages/runner/src/benchmark.ts': `import '../../../benchmarks/tiny-net.ts';`,
    'packages/runner/src/editor.ts': `import 'vscode';`,
    'packages/autograd/src/path.ts': `import '../../nn/src/index.ts';`,
    'packages/nn/src/layers/path.ts': `import '../../../trace/src/index.ts';`,
    'packages/insight/test/path.ts': `import '../../runner/dist/index.js';`,
    'packages/runner/src/path.ts': `import '../../vscode-ext/src/extension.ts';`,
    'packages/vscode-ext/src/path.ts': `import '../../nn/src/index.ts';`,
  };
  const impure = {
    noNodejsModules: `import 'node:fs';`,
    noRestrictedGlobals: 'export const now: unknown = Date;',
    noJsRestrictedProperties: 'export const luck: number = Math.random();',
  };
  const legal = {
    'packages/nn/src/legal.ts': `import '@backflow/autograd/facts';`,
    'packages/nn/src/node/legal.ts': `import 'node:fs';`,
    'packages/datasets/src/node/legal.ts': `import 'node:fs';`,
    'packages/insight/src/legal.ts': `import '@backflow/trace';`,
    'packages/trace/test/legal.ts': `import '../src/index.ts';`,
    'packages/vscode-ext/test/a/b/legal.ts': `import '../../../src/a/b.ts';`,
    'packages/runner/src/legal.ts': `import 'node:fs';\nimport '@backflow/insight';\nexport const now: unknown = Date;`,
  };
  const pure = ['autograd', 'nn', 'datasets', 'trace', 'insight'];
  let found: string[];

  beforeAll(() => {
    plant({ ...upward, ...legal });
    for (const name of pure) {
      for (const [rule, text] of Object.entries(impure)) plant({ [`packages/${name}/src/${rule}.ts`]: text });
    }
    plant({
      'packages/trace/src/undeclared.ts': `import 'mathjs';`,
      'packages/trace/src/hen.ts': `import { egg } from './egg.ts';\nexport const hen: unknown = egg;`,
      'packages/trace/src/egg.ts': `import { hen } from './hen.ts';\nexport const egg: unknown = hen;`,
    });
    found = findings('check:arrows');
  });

  test.each(Object.keys(upward))('refuses the import in %s', (path) => {
    expect(found).toContain(`${path} noRestrictedImports`);
  });

  test.each(pure.flatMap((name) => Object.keys(impure).map((rule) => [name, rule])))(
    'keeps %s pure: %s',
    (name, rule) => {
      expect(found).toContain(`packages/${name}/src/${rule}.ts ${rule}`);
    },
  );

  test('refuses a cycle and a package that the manifest does not declare', () => {
    expect(found).toContain('packages/trace/src/egg.ts noImportCycles');
    expect(found).toContain('packages/trace/src/undeclared.ts noUndeclaredDependencies');
  });

  test.each(Object.keys(legal))('lets the import in %s be', (path) => {
    expect(found.filter((finding) => finding.startsWith(path))).toEqual([]);
  });
});

test('check:lint refuses an unformatted file, a print, a default export and a long file', () => {
  plant({
    'packages/runner/src/unformatted.ts': `export const a = "a"`,
    'packages/runner/src/Loud.ts': `console.log('loud');\n`,
    'packages/runner/src/default.ts': 'export default 1;\n',
    'packages/runner/src/long.ts': 'export {};\n'.repeat(301),
  });
  expect(findings('check:lint')).toEqual(
    expect.arrayContaining([
      'packages/runner/src/unformatted.ts format',
      'packages/runner/src/Loud.ts noConsole',
      'packages/runner/src/Loud.ts useFilenamingConvention',
      'packages/runner/src/default.ts noDefaultExport',
      'packages/runner/src/long.ts noExcessiveLinesPerFile',
    ]),
  );
});

test('check:types refuses a wrong type, a global of Node in a pure package and a path into another package', () => {
  plant({
    'packages/trace/src/index.ts': `export const wrong: number = 'text';\nexport const home: string = process.cwd();\n`,
    'packages/trace/test/reach.ts': `import '../../insight/src/index.ts';\n`,
    'packages/insight/src/index.ts': 'export {};\n',
  });
  expect(npm('build', '-w', 'packages/trace').stdout).toMatch(
    /index\.ts\(1,14\): error TS2322[\s\S]*index\.ts\(2,29\): error TS2/,
  );
  expect(npm('typecheck', '-w', 'packages/trace').stdout).toMatch(/reach\.ts\(1,8\): error TS6059/);
});

test('check:dead-code names the unused export and not its used neighbour', () => {
  plant({
    'packages/trace/src/index.ts': `export { needed } from './parts.ts';\n`,
    'packages/trace/src/parts.ts': 'export const needed = 1;\nexport const forgotten = 2;\n',
  });
  const { status, stdout } = npm('check:dead-code');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^forgotten .*parts\.ts/m);
  expect(stdout).not.toMatch(/^needed /m);
});

describe('check:packages', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'packages/trace/package.json'), 'utf8'));
  const typed = { types: './index.d.ts', default: './index.js' };

  /** Plants a package with these `exports`, runs the gate on it and gives what it says. */
  function refusal(exports: object): string {
    const manifest = { name: 'planted', version: '1.0.0', license: 'MIT', type: 'module', scripts, exports };
    plant({ 'packages/planted/package.json': JSON.stringify(manifest), 'packages/planted/index.js': 'export {};\n' });
    const { status, stdout } = npm('package', '-w', 'packages/planted');
    expect(status).toBe(1);
    return stdout;
  }

  test('refuses a package whose types are not packed', () => {
    expect(refusal({ '.': typed })).toContain('./index.d.ts but the file does not exist');
  });

  test('refuses a subpath without types', () => {
    plant({ 'packages/planted/index.d.ts': 'export {};\n', 'packages/planted/bare.js': 'export {};\n' });
    expect(refusal({ '.': typed, './bare': './bare.js' })).toContain('No types');
  });
});
