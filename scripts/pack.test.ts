import { execSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const libraries = ['autograd', 'nn', 'datasets', 'trace', 'insight', 'runner'].map((name) =>
  join(root, 'packages', name),
);

const program = `
import { tensor } from '@backflow/autograd';
import { BCELoss, Linear, ReLU, Sequential, SGD, Sigmoid } from '@backflow/nn';
import { gates } from '@backflow/datasets';

const model = new Sequential(new Linear(2, 5), new ReLU(), new Linear(5, 1), new Sigmoid());
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
const criterion = new BCELoss();
const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]);

export const losses: number[] = [1, 2].map(() => {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(x), gates.xor().y);
  loss.backward();
  optimizer.step();
  return loss.item();
});
`;

/** A project of somebody else's: nothing in it but the tarballs, installed. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'backflow-pack-'));
  // Their dependencies come packed from our node_modules: no network, and the versions of the lock file.
  const dependencies = libraries.flatMap((path) =>
    Object.keys(JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).dependencies ?? {}),
  );
  const others = new Set(dependencies.filter((name) => !name.startsWith('@backflow/')));
  const packed = [...libraries, ...[...others].map((name) => join(root, 'node_modules', name))];
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  npm(`pack --ignore-scripts ${packed.map((path) => JSON.stringify(path)).join(' ')}`);
  const tarballs = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  npm(`install --offline --no-audit --no-fund ${tarballs.map((name) => `./${name}`).join(' ')}`);
  writeFileSync(join(project, 'program.ts'), program);
});

afterAll(() => rmSync(project, { recursive: true }));

function npm(command: string): void {
  execSync(`npm ${command}`, { cwd: project, stdio: 'pipe' });
}

test('a program type-checks against the packed types, declarations included, and trains', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023'];
  expect(node(tsc, ...flags, 'program.ts')).toBe('');
  const trained = node('-e', `import('./program.js').then(({ losses }) => console.log(losses[0] > losses[1]))`);
  expect(trained).toBe('true\n');
});

test('the packed backflow command runs the program', () => {
  expect(node('node_modules/.bin/backflow', 'run', 'program.ts')).toContain('Linear');
});

/** What a run of Node in the project prints, wherever to. */
function node(...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  return stdout + stderr;
}
