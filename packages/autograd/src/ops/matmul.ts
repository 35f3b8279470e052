import { countable, type Numbers, promote } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import { defineStruct, type Struct } from '../op.ts';
import type { Facts } from '../op-facts.ts';
import { broadcastOffsets, broadcastShapes, type Shape, showShape, sizeOf } from '../shape.ts';

interface Flags {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Rows and columns of the last two axes, as the product uses them. */
function matrixOf(shape: Shape, isTransposed: boolean): readonly [rows: number, columns: number] {
  const [m, n] = shape.slice(-2);
  return isTransposed ? [n, m] : [m, n];
}

/**
 * Matrix product over the last two axes, batched over the others, which broadcast. Shapes [..., m, k] and [..., k, n]
 * give [..., m, n].
 *
 * @param transposeA, transposeB take the operand's last two axes swapped, without a copy. Default false.
 * @throws ShapeError where an operand has fewer than two axes or the inner sizes differ.
 */
export const matmul: Struct<['a', 'b'], [transposeA?: boolean, transposeB?: boolean], Flags> =
  /* @__PURE__ */ defineStruct({
    name: 'matmul',
    inputs: ['a', 'b'],
    attrs: (_, transposeA = false, transposeB = false) => ({ transposeA, transposeB }),
    dtype: (a, b) => countable(promote(a, b)),
    shape: (a, b, { transposeA, transposeB }) => {
      for (const shape of [a, b]) {
        if (shape.length < 2) {
          throw new ShapeError(
            `matmul: shape ${showShape(shape)} is no matrix. Add an axis: reshape(x, [1, -1]) for a row, reshape(x, [-1, 1]) for a column.`,
          );
        }
      }
      const [m, k] = matrixOf(a, transposeA);
      const [inner, n] = matrixOf(b, transposeB);
      if (k !== inner) {
        throw new ShapeError(
          `matmul: inner sizes differ: ${showShape(a)}${transposeA ? 'ᵀ' : ''} has ${k} columns, ${showShape(b)}${transposeB ? 'ᵀ' : ''} has ${inner} rows. ` +
            'Columns of the left matrix must equal rows of the right one.',
        );
      }
      return [...broadcastShapes(a.slice(0, -2), b.slice(0, -2), 'matmul, batch axes'), m, n];
    },
    kernel: (y, a, b, { transposeA, transposeB }) => {
      const batch = y.shape.slice(0, -2);
      const [m, k] = matrixOf(a.shape, transposeA);
      const n = y.shape[y.shape.length - 1];
      const aOffsets = broadcastOffsets(a.shape.slice(0, -2), batch);
      const bOffsets = broadcastOffsets(b.shape.slice(0, -2), batch);
      for (let i = 0; i < sizeOf(batch); i++) {
        multiply(
          y.storage,
          i * m * n,
          a.storage,
          aOffsets[i] * m * k,
          transposeA,
          b.storage,
          bOffsets[i] * k * n,
          transposeB,
          m,
          k,
          n,
        );
      }
    },
    vjp: {
      a: ({ b, g }, { matmul }, { transposeA, transposeB }) =>
        transposeA ? matmul(b, g, transposeB, true) : matmul(g, b, false, !transposeB),
      b: ({ a, g }, { matmul }, { transposeA, transposeB }) =>
        transposeB ? matmul(g, a, true, transposeA) : matmul(a, g, !transposeA, false),
    },
  });

/** One product of an m×k and a k×n matrix, summed in double and rounded once. */
function multiply(
  y: Numbers,
  yStart: number,
  a: Numbers,
  aStart: number,
  transposeA: boolean,
  b: Numbers,
  bStart: number,
  transposeB: boolean,
  m: number,
  k: number,
  n: number,
): void {
  const aRow = transposeA ? 1 : k;
  const aColumn = transposeA ? m : 1;
  const bRow = transposeB ? 1 : n;
  const bColumn = transposeB ? k : 1;
  const row = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    row.fill(0);
    for (let p = 0; p < k; p++) {
      const left = a[aStart + i * aRow + p * aColumn];
      const right = bStart + p * bRow;
      for (let j = 0; j < n; j++) row[j] += left * b[right + j * bColumn];
    }
    y.set(row, yStart + i * n);
  }
}

export const matmulFacts: Facts<typeof matmul> = {
  says: { y: 'A · B', a: 'g · Bᵀ', b: 'Aᵀ · g' },
  samples: [
    { shapes: { a: [2, 3], b: [3, 4] } },
    { shapes: { a: [3, 2], b: [3, 4] }, params: [true] },
    { shapes: { a: [2, 3], b: [4, 3] }, params: [false, true] },
    { shapes: { a: [3, 2], b: [4, 3] }, params: [true, true] },
    { shapes: { a: [2, 1, 2, 3], b: [3, 3, 2] } },
    { shapes: { a: [2, 0], b: [0, 3] } },
  ],
  cases: [
    {
      a: [
        [1, 2],
        [3, 4],
      ],
      b: [
        [5, 6],
        [7, 8],
      ],
      y: [
        [19, 22],
        [43, 50],
      ],
    },
  ],
};
