import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { keepEnd } from '../../src/run/keep-end.ts';

test.prop([fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 60 }), fc.integer({ min: 1, max: 40 })])(
  'what is left is the end of the text, whole lines if there are any, and says how much is missing',
  (text, maxLength) => {
    const kept = keepEnd(text, maxLength);
    if (text.length <= maxLength) {
      expect(kept).toBe(text);
      return;
    }
    const [, count, end = ''] = /^… ([\d,]+) characters left out …\n(.*)$/s.exec(kept) ?? [];
    expect(Number(count) + end.length).toBe(text.length);
    expect(text.endsWith(end)).toBe(true);
    expect(end.length).toBeLessThanOrEqual(maxLength);
    const start = text.length - end.length;
    if (text.slice(-maxLength - 1).includes('\n')) expect(text[start - 1]).toBe('\n');
  },
);
