import { describe, expect, test } from 'vitest';
import { CrashText } from '../src/crash-text.ts';

describe("the engine's last words", () => {
  test('are kept out of the output, and say whether memory ran out', () => {
    const crash = new CrashText();
    expect(crash.filter('mine\n')).toBe('mine\n');
    expect(crash.isOutOfMemory).toBe(false);
    expect(crash.filter('also mine\n\n<--- Last few GCs --->\n[1:0x1] Mark-Compact')).toBe('also mine\n\n');
    expect(crash.filter('FATAL ERROR: Ineffective mark-compacts near heap limit ')).toBe('');
    expect(crash.filter('Allocation failed - JavaScript heap out of memory\n')).toBe('');
    expect(crash.isOutOfMemory).toBe(true);
  });
});
