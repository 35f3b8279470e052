import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { l2Norm } from '../src/l2-norm.ts';

const anyFinite = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e307, max: 1e307 }), {
  maxLength: 8,
});

test.prop([anyFinite])('it is the norm, at any scale', (xs) => {
  // Math.hypot scales too.
  const expected = Math.hypot(...xs);
  expect(Math.abs(l2Norm(xs) - expected)).toBeLessThanOrEqual(1e-14 * expected);
});

test('only zeros have the norm 0', () => {
  expect(l2Norm([])).toBe(0);
  expect(l2Norm([0, -0])).toBe(0);
  expect(l2Norm([1e-170])).toBe(1e-170);
  expect(l2Norm([5e-324, 0])).toBe(5e-324);
});

test('what is not finite shows', () => {
  expect(l2Norm([1, NaN])).toBeNaN();
  expect(l2Norm([1, -Infinity])).toBe(Infinity);
});
