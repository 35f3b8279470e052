import { expect, test } from 'vitest';
import { TypeCache } from '../../src/flow/type-cache.ts';

class Thing {
  isDisposed = false;
  dispose(): void {
    this.isDisposed = true;
  }
}
const makeCache = (limit: number) => new TypeCache<string, Thing>(limit, String, () => new Thing());

test('one key gives one thing, again and again', () => {
  const cache = makeCache(3);
  expect(cache.get('a')).toBe(cache.get('a'));
  expect(cache.get('a')).not.toBe(cache.get('b'));
});

test('beyond the limit the least recently used go; what is in use stays', () => {
  const cache = makeCache(2);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((key) => cache.get(key)) as [Thing, Thing, Thing, Thing];
  cache.get('b');
  cache.trim(new Set([a]));
  expect([a, b, c, d].map(({ isDisposed }) => isDisposed)).toEqual([false, false, true, true]);
  expect(cache.get('a')).toBe(a);
  expect(cache.get('c')).not.toBe(c);
});

test('clearing lets all go', () => {
  const cache = makeCache(2);
  const things = ['a', 'b'].map((key) => cache.get(key));
  cache.clear();
  expect(things.every(({ isDisposed }) => isDisposed)).toBe(true);
});
