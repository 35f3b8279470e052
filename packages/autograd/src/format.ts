import type { Tensor } from './tensor.ts';

/** Elements shown at each end of a long axis. */
const EDGE = 3;

/** A tensor as text: nested brackets, six significant digits, long axes shortened. */
export function formatTensor(x: Tensor): string {
  const notes = [x.dtype === 'float64' ? '' : `, ${x.dtype}`, x.requiresGrad ? ', requiresGrad' : ''].join('');
  return `tensor(${formatNested(x.tolist(), 'tensor('.length)}${notes})`;
}

function formatNested(x: unknown, indent: number): string {
  if (!Array.isArray(x)) return formatNumber(x as number);
  const shown = x.length <= 2 * EDGE ? x : [...x.slice(0, EDGE), null, ...x.slice(-EDGE)];
  const parts = shown.map((element) => (element === null ? '…' : formatNested(element, indent + 1)));
  const isNested = x.some(Array.isArray);
  return `[${parts.join(isNested ? `,\n${' '.repeat(indent + 1)}` : ', ')}]`;
}

function formatNumber(x: number): string {
  if (Object.is(x, -0)) return '-0';
  return String(Number(x.toPrecision(6)));
}
