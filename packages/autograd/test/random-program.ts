import { fc } from '@fast-check/vitest';
import {
  abs,
  add,
  exp,
  leakyRelu,
  logSoftmax,
  logsumexp,
  matmul,
  maximum,
  mean,
  minimum,
  mul,
  type Operand,
  relu,
  sech2,
  sigmoid,
  softmax,
  softplus,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  zeros,
} from '../src/index.ts';

/** One line of a program: an operation on earlier lines, which may be shared. */
interface Step {
  readonly op: string;
  /** How far back the arguments stand: 0 is the line before. Taken modulo the count of lines. */
  readonly args: readonly [number, number];
  /** A constant of the line, such as a bias. */
  readonly c: number;
}

/** A random graph: leaves, then steps; the last step is the result. */
export interface Program {
  readonly leaves: readonly number[];
  readonly steps: readonly Step[];
}

interface Operation {
  readonly text: (a: string, b: string, c: number) => string;
  readonly run: <T extends Operand | number>(a: T, b: T, c: number) => T;
  /** The number whose sign decides which side of a kink is taken. */
  readonly kink?: (a: number, b: number, c: number) => number;
}

type Unary = <T extends Operand | number>(x: T) => T;
type Binary = <T extends Operand | number>(a: T | number, b: T | number) => T;

/** Gates overload numbers and operands; a program does not care which it runs on. */
const unary = (gate: unknown): Unary => gate as Unary;
const binary = (gate: unknown): Binary => gate as Binary;

const plus = binary(add);
const times = binary(mul);

/** What both kinds of program are made of. Kinked gates get a bias, or relu after relu would always meet its kink. */
export const gates: Readonly<Record<string, Operation>> = {
  sigmoid: { text: (a) => `sigmoid(${a})`, run: (a) => unary(sigmoid)(a) },
  tanh: { text: (a) => `tanh(${a})`, run: (a) => unary(tanh)(a) },
  relu: {
    text: (a, _, c) => `relu(add(${a}, ${c}))`,
    run: (a, _, c) => unary(relu)(plus(a, c)),
    kink: (a, _, c) => a + c,
  },
  leakyRelu: {
    text: (a, _, c) => `leakyRelu(add(${a}, ${c}))`,
    run: (a, _, c) => unary(leakyRelu)(plus(a, c)),
    kink: (a, _, c) => a + c,
  },
  abs: {
    text: (a, _, c) => `abs(add(${a}, ${c}))`,
    run: (a, _, c) => unary(abs)(plus(a, c)),
    kink: (a, _, c) => a + c,
  },
  softplus: { text: (a) => `softplus(${a})`, run: (a) => unary(softplus)(a) },
  sech2: { text: (a) => `sech2(${a})`, run: (a) => unary(sech2)(a) },
  exp: { text: (a) => `exp(sub(0, softplus(${a})))`, run: (a) => unary(exp)(binary(sub)(0, unary(softplus)(a))) },
  scale: { text: (a, _, c) => `mul(${a}, ${c})`, run: (a, _, c) => times(a, c) },
  add: { text: (a, b) => `add(${a}, ${b})`, run: (a, b) => plus(a, b) },
  sub: { text: (a, b) => `sub(${a}, ${b})`, run: (a, b) => binary(sub)(a, b) },
  mul: { text: (a, b) => `mul(${a}, ${b})`, run: (a, b) => times(a, b) },
  gated: { text: (a, b) => `mul(${a}, sigmoid(${b}))`, run: (a, b) => times(a, unary(sigmoid)(b)) },
  maximum: {
    text: (a, b, c) => `maximum(${a}, add(${b}, ${c}))`,
    run: (a, b, c) => binary(maximum)(a, plus(b, c)),
    kink: (a, b, c) => a - (b + c),
  },
  minimum: {
    text: (a, b, c) => `minimum(${a}, add(${b}, ${c}))`,
    run: (a, b, c) => binary(minimum)(a, plus(b, c)),
    kink: (a, b, c) => a - (b + c),
  },
};

/** Shapes of the leaves of a tensor program, in turn: each broadcasts to [2, 3], and to each other. */
export const LEAF_SHAPES = [[2, 3], [3], [2, 1], []] as const;
const weight = tensor([
  [0.5, -1, 0.25],
  [1, 0.75, -0.5],
  [-0.25, 0.5, 1],
]);

/** A step on tensors whose result broadcasts with all others. */
function struct(text: (a: string) => string, run: (a: Tensor) => Tensor): Operation {
  return { text, run: run as unknown as Operation['run'] };
}

/** What tensor programs have beside gates. */
export const structs: Readonly<Record<string, Operation>> = {
  sum: struct(
    (a) => `sum(${a}, -1, true)`,
    (a) => sum(a, -1, true),
  ),
  mean: struct(
    (a) => `mean(${a})`,
    (a) => mean(a),
  ),
  softmax: struct(
    (a) => `softmax(${a}, -1)`,
    (a) => softmax(a, -1),
  ),
  logSoftmax: struct(
    (a) => `logSoftmax(${a}, -1)`,
    (a) => logSoftmax(a, -1),
  ),
  logsumexp: struct(
    (a) => `logsumexp(${a}, -1, true)`,
    (a) => logsumexp(a, -1, true),
  ),
  matmul: struct(
    (a) => `matmul(add(zeros([2, 3]), ${a}), weight)`,
    (a) => matmul(add(zeros([2, 3]), a), weight),
  ),
};

/** Off the eighths, so that a sum of leaves and constants is rarely 0. */
const constant = fc.integer({ min: -12, max: 12 }).map((n) => n / 8 + 1 / 17);

/** Programs of up to `size` steps over some operations. */
export function programs(
  operations: Readonly<Record<string, Operation>>,
  leaves: number,
  size = 10,
): fc.Arbitrary<Program> {
  // Mostly near, so that few lines are left unused; at times far, so that lines are shared across the graph.
  const back = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(30) });
  const step = fc.record({
    op: fc.constantFrom(...Object.keys(operations)),
    args: fc.tuple(back, back),
    c: constant,
  });
  return fc
    .record({
      leaves: fc.array(
        fc.integer({ min: -16, max: 16 }).map((n) => n / 8),
        { minLength: leaves, maxLength: leaves },
      ),
      steps: fc.array(step, { minLength: 1, maxLength: size }),
    })
    .map((program) => Object.assign(program, { [fc.toStringMethod]: () => showProgram(program, operations) }));
}

/** Runs a program on whatever its leaves are. `see` is told of each step. */
export function run<T extends Operand | number>(
  { steps }: Program,
  operations: Readonly<Record<string, Operation>>,
  leaves: readonly T[],
  see: (operation: Operation, a: T, b: T, c: number, y: T) => void = () => undefined,
): T {
  const lines = [...leaves];
  for (const { op, args, c } of steps) {
    const [a, b] = args.map((back) => lines[lines.length - 1 - (back % lines.length)]);
    const y = operations[op].run(a, b, c);
    see(operations[op], a, b, c, y);
    lines.push(y);
  }
  return lines[lines.length - 1];
}

/** A program as lines that run. */
function showProgram({ leaves, steps }: Program, operations: Readonly<Record<string, Operation>>): string {
  const names = leaves.map((_, i) => `x${i}`);
  const text = leaves.map((x, i) => `const x${i} = value(${x});`);
  for (const { op, args, c } of steps) {
    const [a, b] = args.map((back) => names[names.length - 1 - (back % names.length)]);
    const name = `y${names.length - leaves.length}`;
    text.push(`const ${name} = ${operations[op].text(a, b, c)};`);
    names.push(name);
  }
  return `\n${text.join('\n')}\n${names.at(-1)}.backward();\n`;
}
