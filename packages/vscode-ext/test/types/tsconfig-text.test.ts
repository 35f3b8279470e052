import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { addTypePaths } from '../../src/types/tsconfig-text.ts';

const types = new Map([
  ['@backflow/nn', '.backflow/types/nn/dist/index.d.ts'],
  ['@backflow/nn/observe', '.backflow/types/nn/dist/observe.d.ts'],
]);
const paths = {
  '@backflow/nn': ['./.backflow/types/nn/dist/index.d.ts'],
  '@backflow/nn/observe': ['./.backflow/types/nn/dist/observe.d.ts'],
};

test.each([[undefined], [''], [' \n']])('without a tsconfig (%j) there is one that suits training files', (text) => {
  const { compilerOptions } = JSON.parse(addTypePaths(text, types));
  expect(compilerOptions).toMatchObject({ module: 'ESNext', strict: true, noEmit: true, paths });
});

test('comments, other options and other paths of a tsconfig stay', () => {
  const text = `{
  // mine
  "compilerOptions": { "target": "ES2020", "paths": { "~/*": ["./src/*"], "@backflow/nn": ["./old.d.ts"] } },
  "include": ["src"],
}
`;
  const changed = addTypePaths(text, types);
  expect(changed).toContain('// mine');
  expect(parse(changed)).toEqual({
    compilerOptions: { target: 'ES2020', paths: { '~/*': ['./src/*'], ...paths } },
    include: ['src'],
  });
});

test('setting up twice changes nothing more', () => {
  const once = addTypePaths('{}\n', types);
  expect(addTypePaths(once, types)).toBe(once);
});

test('a tsconfig that cannot be read is refused, with the place', () => {
  expect(() => addTypePaths('{ "compilerOptions": ', types)).toThrow(/ at offset \d+$/);
});
