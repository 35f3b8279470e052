import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Log } from '../src/log.ts';

/** Appends to any version made so far, so that logs branch: which version, and what to append. */
const anyAppends = fc.array(fc.record({ version: fc.nat(), item: fc.integer({ min: 0, max: 9 }) }), { maxLength: 30 });

describe('Log', () => {
  test.prop([anyAppends])('every version stays the list that it was', (appends) => {
    const versions = [{ log: Log.empty<number>(), list: [] as number[] }];
    for (const { version, item } of appends) {
      const { log, list } = versions[version % versions.length] as (typeof versions)[number];
      versions.push({ log: log.append(item), list: [...list, item] });
    }
    for (const { log, list } of versions) {
      expect([...log]).toEqual(list);
      expect(log.length).toBe(list.length);
      for (let i = -list.length - 1; i <= list.length; i++) expect(log.at(i)).toBe(list.at(i));
    }
  });

  test.prop([anyAppends])(
    'with keys, every version finds its own items, and the first with a key stands',
    (appends) => {
      const keyOf = (item: { key: number }) => item.key;
      const versions = [{ log: Log.empty(keyOf), map: new Map<number, { key: number }>() }];
      for (const { version, item: key } of appends) {
        const { log, map } = versions[version % versions.length] as (typeof versions)[number];
        const item = { key };
        versions.push({ log: log.append(item), map: map.has(key) ? map : new Map(map).set(key, item) });
      }
      for (const { log, map } of versions) {
        expect([...log]).toEqual([...map.values()]);
        for (let key = 0; key <= 9; key++) expect(log.get(key)).toBe(map.get(key));
      }
    },
  );
});
