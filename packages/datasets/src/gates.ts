import { type Tensor, tensor } from '@backflow/autograd';

/** The truth table of a logic gate, one case a row. */
export interface TruthTable {
  /** The two inputs, 0 or 1: shape [4, 2]. */
  readonly x: Tensor;
  /** What the gate answers, 0 or 1: shape [4, 1]. */
  readonly y: Tensor;
}

const CASES = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** 1 where both inputs are 1. */
export function and(): TruthTable {
  return tabulate((a, b) => a & b);
}

/** 0 where both inputs are 1. */
export function nand(): TruthTable {
  return tabulate((a, b) => 1 - (a & b));
}

/** 1 where any input is 1. */
export function or(): TruthTable {
  return tabulate((a, b) => a | b);
}

/** 0 where any input is 1. */
export function nor(): TruthTable {
  return tabulate((a, b) => 1 - (a | b));
}

/** 1 where the inputs differ: no straight line parts its ones from its zeros, so one layer cannot learn it. */
export function xor(): TruthTable {
  return tabulate((a, b) => a ^ b);
}

/** 1 where the inputs agree; as hard as `xor`. */
export function xnor(): TruthTable {
  return tabulate((a, b) => 1 - (a ^ b));
}

function tabulate(gate: (a: number, b: number) => number): TruthTable {
  return { x: tensor(CASES), y: tensor(CASES.map(([a, b]) => [gate(a, b)])) };
}
