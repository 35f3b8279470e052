/** One slope found by differences, and how far rounding alone may have moved it. */
export interface Slope {
  readonly slope: number;
  readonly noise: number;
}

/** The first step, as a share of the larger of |x| and 1; each later one is a quarter of the one before. */
const FIRST_STEP = 2 ** -3;
const SHRINK = 4;
/** The last step is then 2⁻³³ ≈ 1e-10: below that, rounding leaves nothing of a float64. */
const STEPS = 16;

/** Two steps that agree to this, relatively, have settled: the truncation error of the smaller is 256 times less. */
const SETTLED = 1e-12;

/** An elementary function and a sum of a few terms are right to some ulps; 16 half-ulps leave room for four steps. */
const ROUNDING = 16 * 2 ** -53;
/** The same among subnormals, whose distance is 2⁻¹⁰⁷⁴ throughout. */
const UNDERFLOW = 16 * 2 ** -1074;

/**
 * The slope at `x` of each number that `f` returns, by the five-point formula
 * f′(x) ≈ (f(x − 2h) − 8 f(x − h) + 8 f(x + h) − f(x + 2h)) / 12h, whose error is h⁴ f⁽⁵⁾ / 30.
 *
 * The step starts at an eighth of the larger of |x| and 1 and shrinks until two steps agree to within rounding; where
 * none do, the pair that agrees best is taken. Steps at which `f` is not finite, outside its domain, are passed over.
 *
 * Source: Abramowitz and Stegun, 25.3.6.
 */
export function centralDifference(f: (x: number) => ArrayLike<number>, x: number): readonly Slope[] {
  const scale = 2 ** Math.ceil(Math.log2(Math.max(Math.abs(x), 1)));
  let h = FIRST_STEP * scale;
  let before = fivePoint(f, x, h);
  const best = before.map(() => ({ slope: Number.NaN, noise: 0, error: Number.POSITIVE_INFINITY, isSettled: false }));
  for (let step = 1; step < STEPS && !best.every((b) => b.isSettled); step++) {
    h /= SHRINK;
    const now = fivePoint(f, x, h);
    for (let j = 0; j < now.length; j++) {
      if (best[j].isSettled) continue;
      const { slope, noise } = now[j];
      const change = Math.abs(slope - before[j].slope);
      if (!(change + noise < best[j].error)) continue;
      best[j] = {
        slope,
        noise,
        error: change + noise,
        isSettled: change <= Math.max(SETTLED * Math.abs(slope), noise),
      };
    }
    before = now;
  }
  return best;
}

function fivePoint(f: (x: number) => ArrayLike<number>, x: number, h: number): Slope[] {
  // Copied, since `f` may hand out the same array each time.
  const [a, b, c, d] = [x - 2 * h, x - h, x + h, x + 2 * h].map((at) => Array.from(f(at)));
  return a.map((_, j) => {
    const slope = (a[j] - d[j] + 8 * (c[j] - b[j])) / (12 * h);
    const size = Math.max(Math.abs(a[j]), Math.abs(b[j]), Math.abs(c[j]), Math.abs(d[j]));
    // The places x ± h are rounded too, which moves the slope by its own size times |x| / h.
    return { slope, noise: (ROUNDING * (size + Math.abs(x * slope)) + UNDERFLOW) / h };
  });
}
