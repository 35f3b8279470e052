import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { stripTypes } from '../../src/child/strip-types.ts';

/** Pieces of TypeScript with the place that is asked for, `@`, at their end; any may follow any other. */
const PIECES: readonly string[] = [
  'const a: Array<{ b?: number }> = [];\n',
  'type T = \'가나\' | "😀";\n',
  'interface I { m(x: number): void }\r\n',
  '\tlet 이름: string | undefined; ',
  '/* 😀\n */ ',
  'f<number>(x as unknown as string, y!);\n',
  'import type { X } from "./x.ts";\n',
  'a satisfies number;\n',
  'declare const d: number; ',
  'class C<T> implements I { private readonly p?: T; m(): void {} }\n',
];
const prefixes = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));

describe('types are blanked out in place', () => {
  test.prop([prefixes])('so that what stands behind them has the same place', (prefix) => {
    const text = `${prefix}new Linear<T>(2, 5);`;
    const stripped = stripTypes(text);
    if ('failure' in stripped) throw new Error(stripped.failure.message);
    expect(stripped.code.length).toBe(text.length);
    expect(stripped.code.indexOf('new Linear')).toBe(text.indexOf('new Linear'));
    expect(stripped.code.split('\n').length).toBe(text.split('\n').length);
  });

  test.prop([prefixes, fc.constantFrom('enum E { A }', 'const = 1;', 'let x: = 2;')])(
    'and what cannot run is told at its place in UTF-16, whatever stands before it',
    (prefix, broken) => {
      const alone = stripTypes(broken);
      const behind = stripTypes(`${prefix}${broken}`);
      if (!('failure' in alone) || !('failure' in behind)) throw new Error('it was taken');
      const lines = prefix.split('\n');
      expect(behind.failure.start).toEqual({
        line: lines.length,
        column: (lines.at(-1)?.length ?? 0) + alone.failure.start.column,
      });
    },
  );
});
