import { createRequire } from 'node:module';
import { fc, test } from '@fast-check/vitest';
import type { BigNumber } from 'mathjs';
import { describe, expect } from 'vitest';
import {
  elu,
  exp,
  expm1,
  grad,
  log,
  log1p,
  logSoftmax,
  logsumexp,
  sech2,
  sigmoid,
  sigmoidSlope,
  softmax,
  softplus,
  tanh,
  tensor,
  type Value,
} from '../src/index.ts';

/** In one file, which loads in a twentieth of the time that its thousand modules take. */
const { all, create } = createRequire(import.meta.url)('mathjs/lib/browser/math.js') as typeof import('mathjs');

function withDigits(precision: number): ReturnType<typeof create> {
  const math = create(all);
  math.config({ number: 'BigNumber', precision });
  return math;
}

/** Enough digits for 1 + 5e-324, and for 17 more behind the 324 that it takes. */
const FAR = withDigits(400);
/** Enough for the ordinary range, and ten times faster. */
const NEAR = withDigits(100);

function digitsFor(x: number): typeof FAR {
  return Math.abs(x) > 1e-16 && Math.abs(x) < 40 ? NEAR : FAR;
}

/** What the correctly rounded result may be missed by, in units of its last place. */
const ULPS = 4;

/** The power of two of the last place of x. */
function lastPlaceOf(x: number): number {
  const rough = Math.floor(Math.log2(Math.abs(x)));
  // Just below a power of two the logarithm rounds up to it.
  const exponent = 2 ** rough > Math.abs(x) ? rough - 1 : rough;
  return Math.max(exponent, -1022) - 52;
}

/** A float64 as it is, where mathjs would take its shortest decimal name. */
function big(x: number, math = FAR): BigNumber {
  const exponent = x === 0 ? 0 : lastPlaceOf(x);
  // In two steps: 2⁻¹⁰⁷⁴ is a number, and its inverse is not.
  const half = Math.trunc(exponent / 2);
  const mantissa = x / 2 ** half / 2 ** (exponent - half);
  return math.bignumber(BigInt(mantissa).toString()).mul(math.bignumber(2).pow(exponent));
}

/** The distance of neighbouring float64 at x. */
function ulpOf(x: number): number {
  return 2 ** lastPlaceOf(x);
}

function ulpsOff(given: number, exact: BigNumber, at = Math.abs(exact.toNumber())): number {
  if (at > Number.MAX_VALUE) return given === exact.toNumber() ? 0 : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(given)) return Number.POSITIVE_INFINITY;
  const ulp = at === 0 ? Number.MIN_VALUE : ulpOf(at);
  return big(given).sub(exact).abs().div(big(ulp)).toNumber();
}

const elementary = {
  sigmoid: { op: sigmoid, formula: '1 / (1 + exp(-x))', from: -745.2, to: 745.2 },
  sigmoidSlope: { op: sigmoidSlope, formula: 'exp(-x) / (1 + exp(-x))^2', from: -745.2, to: 745.2 },
  tanh: { op: tanh, formula: '(exp(2 x) - 1) / (exp(2 x) + 1)', from: -372.6, to: 372.6 },
  sech2: { op: sech2, formula: '4 / (exp(x) + exp(-x))^2', from: -372.6, to: 372.6 },
  softplus: { op: softplus, formula: 'log(1 + exp(x))', from: -745.2, to: 745.2 },
  exp: { op: exp, formula: 'exp(x)', from: -745.2, to: 709.7 },
  expm1: { op: expm1, formula: 'exp(x) - 1', from: -745.2, to: 709.7 },
  log: { op: log, formula: 'log(x)', from: 5e-324, to: 1e308 },
  log1p: { op: log1p, formula: 'log(1 + x)', from: -1 + 2 ** -52, to: 1e308 },
  elu: { op: elu, formula: 'exp(x) - 1', from: -745.2, to: -5e-324 },
};

const SPECIALS = [5e-324, 1e-308, 1e-20, 1e-8, 0.5, Math.LN2, 1, 5, 19.06, 20, 36.8, 40, 372, 709, 745];

function pointsOf(from: number, to: number): fc.Arbitrary<number> {
  const inside = SPECIALS.flatMap((x) => [x, -x]).filter((x) => x >= from && x <= to);
  const ordinary = fc
    .integer({ min: Math.ceil(Math.max(from, -40) * 64), max: Math.floor(Math.min(to, 40) * 64) })
    .map((n) => n / 64);
  return fc
    .oneof(
      { weight: 3, arbitrary: ordinary },
      { weight: 3, arbitrary: fc.constantFrom(from, to, ...inside) },
      { weight: 2, arbitrary: fc.double({ min: from, max: to, noNaN: true }) },
    )
    .filter((x) => x >= from && x <= to && x !== 0);
}

/** So many digits take their time. */
const runs = (): { numRuns: number } => ({ numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) / 20) });

describe.each(Object.entries(elementary))('%s', (_name, { op, formula, from, to }) => {
  const exactly = (text: string, x: number): BigNumber => {
    const math = digitsFor(x);
    return math.evaluate(text, { x: big(x, math) });
  };
  const slope = FAR.derivative(formula, 'x').toString();

  test.prop([pointsOf(from, to)], runs())('is within 4 ulp of the true value, tails included', (x) => {
    expect(ulpsOff(op(x), exactly(formula, x))).toBeLessThanOrEqual(ULPS);
  });

  test.prop([pointsOf(from, to)], runs())('has a slope within 4 ulp of the true one, tails included', (x) => {
    const given = grad((v: Value) => (op as (v: Value) => Value)(v))(x);
    expect(ulpsOff(given, exactly(slope, x))).toBeLessThanOrEqual(ULPS);
  });
});

test('the tails that plain formulas lose are there', () => {
  const slopeOf = (op: (v: Value) => Value, x: number): number => grad(op)(x);
  expect(slopeOf(sigmoid, 40)).toBe(4.248354255291589e-18);
  expect(slopeOf(sigmoid, -745)).toBe(5e-324);
  expect(slopeOf(tanh, 20)).toBe(1.6993417021166355e-17);
});

/** Logits whose differences are exact, so that only the op itself can lose anything. */
const logits = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -64, max: 64 }).map((n) => n / 8) },
    { weight: 2, arbitrary: fc.integer({ min: -1_000, max: 1_000 }) },
    { weight: 1, arbitrary: fc.constant(-Infinity) },
  ),
  { minLength: 1, maxLength: 5 },
);

/** Σ e^(x − largest), and the largest. */
function partition(x: readonly number[]): [total: BigNumber, largest: number] {
  const largest = Math.max(...x);
  const finite = x.filter((element) => element > -Infinity);
  return [finite.reduce((total, element) => total.add(FAR.exp(big(element - largest))), big(0)), largest];
}

describe('along an axis, whatever the size of the logits,', () => {
  test.prop([logits.filter((x) => Math.max(...x) > -Infinity)], runs())('softmax is within 4 ulp', (x) => {
    const [total, largest] = partition(x);
    const y = softmax(tensor(x), 0);
    x.forEach((element, i) => {
      const exact = element === -Infinity ? big(0) : FAR.exp(big(element - largest)).div(total);
      expect(ulpsOff(y.data[i], exact)).toBeLessThanOrEqual(ULPS);
    });
  });

  test.prop([logits.filter((x) => Math.max(...x) > -Infinity)], runs())('logSoftmax is within 4 ulp', (x) => {
    const [total, largest] = partition(x);
    const y = logSoftmax(tensor(x), 0);
    x.forEach((element, i) => {
      if (element === -Infinity) expect(y.data[i]).toBe(-Infinity);
      else expect(ulpsOff(y.data[i], big(element - largest).sub(FAR.log(total)))).toBeLessThanOrEqual(ULPS);
    });
  });

  test.prop([logits.filter((x) => Math.max(...x) > -Infinity)], runs())(
    'logsumexp is within 4 ulp of its larger term, since the largest logit and the rest may cancel',
    (x) => {
      const [total, largest] = partition(x);
      const log = FAR.log(total);
      const term = Math.max(Math.abs(largest), log.toNumber());
      expect(ulpsOff(logsumexp(tensor(x)).item(), big(largest).add(log), term)).toBeLessThanOrEqual(ULPS);
    },
  );
});
