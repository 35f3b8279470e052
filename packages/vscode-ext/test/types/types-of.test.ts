import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TYPED_PACKAGES, typesOf } from '../../src/types/find-types.ts';

test('each public path of a package has the declaration file that its exports name', () => {
  const exports = {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './node': { types: './dist/node/index.d.ts', default: './dist/node/index.js' },
    './package.json': './package.json',
    './wasm': { default: './dist/wasm.js' },
  };
  expect([...typesOf('datasets', JSON.stringify({ version: '1.0.0', exports }))]).toEqual([
    ['@backflow/datasets', 'dist/index.d.ts'],
    ['@backflow/datasets/node', 'dist/node/index.d.ts'],
  ]);
});

test.each(TYPED_PACKAGES)('%s is built as its exports say: every path has types', (name) => {
  const folder = fileURLToPath(new URL(`../../../${name}/`, import.meta.url));
  const types = typesOf(name, readFileSync(`${folder}package.json`, 'utf8'));
  expect(types.has(`@backflow/${name}`)).toBe(true);
  for (const file of types.values()) expect(existsSync(folder + file)).toBe(true);
});
