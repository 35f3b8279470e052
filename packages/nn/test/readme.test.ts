import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { model, x } from './readme-example.ts';

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

test('the example in the README is the one that runs here', () => {
  const block = /```ts\n([^`]*)```/.exec(read('../README.md'))?.[1];
  const here = block?.replace('@backflow/nn', '../src/index.ts');
  expect(read('readme-example.ts')).toBe(`${here}\nexport { model, x };\n`);
});

test('and it learns XOR', () => {
  expect(Array.from(model.forward(x).data, Math.round)).toEqual([0, 1, 1, 0]);
});
