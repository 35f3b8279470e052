import { fc } from '@fast-check/vitest';
import type { Interval } from '../../src/facts.ts';
import type { Shape } from '../../src/index.ts';

/** Nearer to a kink than this no number is drawn: differences reach to both sides. */
const KINK_MARGIN = 0.05;

/** Numbers that often break formulas, if they lie in the interval. */
const SPECIALS = [0, -0, 1, -1, 1e-8, -1e-8, 5e-324, -5e-324];

/** Numbers of an interval: the ordinary range first, then its ends and other specials, then all its doubles. */
export function numberIn([from, to]: Interval, kinks: readonly number[] = []): fc.Arbitrary<number> {
  const evenly = fc.integer({ min: 0, max: 2 ** 30 }).map((t) => from + ((to - from) * t) / 2 ** 30);
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.integer({ min: Math.ceil(from * 8), max: Math.floor(to * 8) }).map((n) => n / 8) },
      { weight: 3, arbitrary: evenly },
      { weight: 2, arbitrary: fc.constantFrom(from, to, ...SPECIALS.filter((x) => x > from && x < to)) },
      { weight: 1, arbitrary: fc.double({ min: from, max: to, noNaN: true }) },
    )
    .map((x) => kinks.reduce((moved, kink) => awayFrom(moved, kink), x));
}

function awayFrom(x: number, kink: number): number {
  if (Math.abs(x - kink) >= KINK_MARGIN) return x;
  return x < kink ? kink - KINK_MARGIN : kink + KINK_MARGIN;
}

/** `count` numbers spread over an interval, no two of them near each other: a struct may have a kink where two tie. */
export function spreadOver([from, to]: Interval, count: number): fc.Arbitrary<number[]> {
  const places = Array.from({ length: count }, (_, i) => i);
  const gap = (to - from) / count;
  return fc
    .tuple(
      fc.shuffledSubarray(places, { minLength: count, maxLength: count }),
      fc.array(fc.integer({ min: -30, max: 30 }), { minLength: count, maxLength: count }),
    )
    .map(([order, jitter]) => order.map((place, i) => from + gap * (place + 0.5 + (jitter[i] ?? 0) / 100)));
}

const size = fc.oneof(
  { weight: 3, arbitrary: fc.constant(2) },
  { weight: 2, arbitrary: fc.constantFrom(1, 3) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** A shape of up to three axes. Sizes 1 and 0 are drawn often. */
export const anyShape: fc.Arbitrary<number[]> = fc.array(size, { maxLength: 3 });

/** `count` shapes that broadcast to one. */
export function broadcastable(count: number): fc.Arbitrary<Shape[]> {
  return anyShape.chain((shape) => fc.tuple(...Array.from({ length: count }, () => shrunk(shape))));
}

/** A shape that broadcasts to `shape`: axes missing in front, axes of size 1. */
function shrunk(shape: Shape): fc.Arbitrary<Shape> {
  const isOne = fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
  return fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(shape.length) }),
      fc.array(isOne, { minLength: shape.length, maxLength: shape.length }),
    )
    .map(([missing, ones]) => shape.map((n, axis) => (ones[axis] ? 1 : n)).slice(missing));
}
