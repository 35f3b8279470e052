import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const json = (path: string): Record<string, string> => JSON.parse(read(path));

/** Every sentence that the source says through `t`. */
const said = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...read(`src/${file}`).matchAll(/\bt\(\s*(['"])((?:(?!\1).|\\.)*)\1/gs)].map(([, , text = '']) => text),
  )
  .map((text) => text.replaceAll("\\'", "'"));

const places = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).toSorted();

test('every sentence of the extension has its Korean, and none is left over', () => {
  expect(said.length).toBeGreaterThan(40);
  expect(Object.keys(json('l10n/bundle.l10n.ko.json')).toSorted()).toEqual([...new Set(said)].toSorted());
});

test('a translation has the same places for values', () => {
  for (const [english, korean] of Object.entries(json('l10n/bundle.l10n.ko.json')))
    expect(places(korean)).toEqual(places(english));
});

test('the manifest uses every one of its words, and each has its Korean', () => {
  const used = [...read('package.json').matchAll(/"%([^%]+)%"/g)].map(([, key]) => key);
  expect(Object.keys(json('package.nls.json')).toSorted()).toEqual(used.toSorted());
  expect(Object.keys(json('package.nls.ko.json')).toSorted()).toEqual(used.toSorted());
});
