import { describe, expect, test } from 'vitest';
import { parseModule, SyntaxIndex } from '../../src/child/syntax-index.ts';

describe('a call is found at the place that a stack frame gives for it', () => {
  test.each([
    ['const a = new A(1, 2);', 11, 'new', 22],
    ['a.b.c(new A());', 5, 'call', 15],
    ['f(1)(2);', 1, 'call', 8],
    ['class B extends A { constructor() { super(1); } }', 37, 'super', 45],
    ['new A(1).forward(2);', 1, 'new', 9],
    ['new A(1).forward(2);', 10, 'call', 20],
  ])('%s at column %i: %s', (code, column, kind, end) => {
    const found = new SyntaxIndex(parseModule(code)).at({ line: 1, column });
    expect(found).toEqual({ kind, end: { line: 1, column: end } });
  });

  test('and nothing elsewhere', () => {
    expect(new SyntaxIndex(parseModule('f(1);')).at({ line: 1, column: 3 })).toBeUndefined();
  });
});
