import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { measureWidth, showText, wrapText } from '../../src/views/text-width.ts';

test.prop([
  fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '한', '∂'), maxLength: 80 }),
  fc.integer({ min: 5, max: 40 }),
])('wrapping breaks at spaces only and keeps every word', (text, width) => {
  const lines = wrapText(text, width);
  expect(lines.join(' ')).toBe(text.split(/\s+/).join(' '));
  for (const line of lines) if (line.trim().includes(' ')) expect(measureWidth(line)).toBeLessThanOrEqual(width);
});

test.prop([fc.string({ unit: 'grapheme' }), fc.string()])("nothing shown can move a terminal's cursor", (a, b) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these
  expect(showText(`${a}\u001b\r\n\t${b}`)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

test.each([
  ['abc', 3],
  ['한글', 4],
  ['e\u0301', 1],
  ['▆ ∂ → 2', 7],
  ['👍', 2],
])('%s takes %d columns', (text, width) => {
  expect(measureWidth(text)).toBe(width);
});
