import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENT_FIELDS } from '../src/schema.ts';

test('the table in the README has every event with its fields', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const rows = readme.matchAll(/^\| `([a-z-]+)` +\|.*\| (.*?) +\|$/gm);
  const expected = Object.entries(EVENT_FIELDS).map(([type, fields]) => {
    const names = Object.entries(fields).map(([name, kind]) => {
      return typeof kind === 'object' && 'optional' in kind ? `\`${name}?\`` : `\`${name}\``;
    });
    return [type, names.join(', ')];
  });
  expect(Array.from(rows, ([, type, fields]) => [type, fields])).toEqual(expected);
});
