import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as exported from '../src/index.ts';
import * as all from '../src/ops/index.ts';
import { laws } from './sweep/laws.ts';
import { registry } from './sweep/registry.ts';

for (const { claim, check } of Object.values(laws)) {
  describe(claim, () => {
    for (const [name, entry] of Object.entries(registry)) test(name, () => check(entry, name));
  });
}

describe('no op is left out:', () => {
  test('every file in ops/ is exported, but for the two lists that rules use', () => {
    const files = readdirSync(new URL('../src/ops', import.meta.url)).map((file) => file.replace('.ts', ''));
    const kebab = Object.keys(all).map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    expect(files.filter((file) => !['index', 'core-gates', 'core-structs'].includes(file)).sort()).toEqual(
      kebab.sort(),
    );
  });

  test('every op that has rules has facts', () => {
    const withRules = Object.entries(all).filter(([, op]) => 'rules' in op);
    expect(Object.keys(registry).sort()).toEqual(withRules.map(([name]) => name).sort());
    for (const [name, op] of withRules) expect(registry[name].op).toBe(op);
  });

  test('every op is part of the public surface', () => {
    expect(exported).toMatchObject(all);
  });
});
