/**
 * Every number that a learner reads is written here, so that a figure looks the same in the editor, in the
 * terminal and in a sentence.
 */

/** Decimals of a loss of ordinary size: four, as in the 0.6931 that everyone who trained on XOR knows by sight. */
const LOSS_DECIMALS = 4;
/** Below this a loss of four decimals has lost its digits. */
const LOSS_SMALL = 1e-3;
/** Significant digits of a loss of 10 and more, where four decimals would be noise. */
const LOSS_DIGITS = 5;
/** From here on a loss is read by its order of magnitude. */
const LOSS_LARGE = 1e5;

/** A gradient's size: `2.4e-1`, `1.1e0`, `0`, `NaN`, `∞`. Two digits: its order of magnitude is what matters. */
export function formatGradient(figure: number): string {
  return formatSpecial(figure) ?? figure.toExponential(1).replace('e+', 'e');
}

/** A loss: `0.6931`, `8.0e-4`, `129.35`, `3.2e6`. */
export function formatLoss(loss: number): string {
  const size = Math.abs(loss);
  const special = formatSpecial(loss);
  if (special !== undefined) return special;
  if (size < LOSS_SMALL || size >= LOSS_LARGE) return formatGradient(loss);
  return groupThousands(size < 10 ? loss.toFixed(LOSS_DECIMALS) : loss.toPrecision(LOSS_DIGITS));
}

/** A whole number: `1,200`. */
export function formatCount(count: number): string {
  return formatSpecial(count) ?? groupThousands(BigInt(Math.round(count)).toString());
}

/** A speed to two digits: `3,400`, `27`, `0.8`. */
export function formatRate(perSecond: number): string {
  const special = formatSpecial(perSecond);
  if (special !== undefined) return special;
  return perSecond < 10 ? perSecond.toFixed(1) : formatCount(Number(perSecond.toPrecision(2)));
}

/** A time span from milliseconds: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  const special = formatSpecial(milliseconds);
  if (special !== undefined) return `${special} s`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${formatCount(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** The power of ten that stands in `formatGradient`: −1 for `2.4e-1`. Only for finite figures other than 0. */
export function exponentOf(figure: number): number {
  return Number(figure.toExponential(1).split('e')[1]);
}

function formatSpecial(number: number): string | undefined {
  if (number === 0) return '0';
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '-∞';
  return undefined;
}

function groupThousands(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
