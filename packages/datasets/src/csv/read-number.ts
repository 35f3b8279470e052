/** The number that a cell holds, in JavaScript's spelling; NaN where it holds none, or one that is not finite. */
export function readNumber(cell: string): number {
  // Number('') is 0, and an empty cell is a missing value.
  const x = cell.trim() === '' ? Number.NaN : Number(cell);
  return Number.isFinite(x) ? x : Number.NaN;
}
