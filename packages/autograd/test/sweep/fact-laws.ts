import { existsSync } from 'node:fs';
import { type Tensor, tensor, type Value, value } from '../../src/index.ts';
import type { GateFacts, Interval, StructFacts } from '../../src/op-facts.ts';
import { callable, type Entry } from './application.ts';
import type { Law } from './law.ts';
import { demand, isSame } from './run.ts';

type Case = Readonly<Record<string, unknown>> & {
  readonly params?: readonly unknown[];
  readonly y: unknown;
  readonly grad?: Readonly<Record<string, number>>;
};

function casesOf({ facts }: Entry): readonly Case[] {
  return facts.cases as readonly unknown[] as readonly Case[];
}

/** @throws unless both are the same numbers in the same nesting. */
function demandSame(given: unknown, expected: unknown, where: string): void {
  if (Array.isArray(expected)) {
    demand(Array.isArray(given) && given.length === expected.length, () => `${where}: ${given}, expected ${expected}`);
    for (const [i, x] of expected.entries()) demandSame((given as unknown[])[i], x, `${where}[${i}]`);
    return;
  }
  demand(isSame(given as number, expected as number), () => `${where} is ${given}, expected ${expected}`);
}

export const casesHold: Law = {
  claim: 'its worked cases hold exactly, as numbers, values and tensors',
  check: (entry) => {
    const { op, facts } = entry;
    const call = callable(entry) as (...args: readonly unknown[]) => unknown;
    demand(casesOf(entry).length > 0, () => 'there is none');
    for (const [n, example] of casesOf(entry).entries()) {
      const { params = [] } = example;
      const given = op.inputs.map((name) => example[name]);
      const where = `case ${n}, y`;
      const indices = (facts as StructFacts<readonly string[], readonly unknown[]>).indices;
      const tensors = op.inputs.map((name, k) => {
        if (indices?.[name] !== undefined) return tensor(given[k] as number[], { dtype: 'int32' });
        return tensor(given[k] as number[], { requiresGrad: true });
      });
      const y = call(...tensors, ...params) as Tensor;
      demandSame(y.tolist(), example.y, where);
      if (op.kind === 'struct') continue;
      demandSame(call(...given, ...params), example.y, `${where} of numbers`);
      const values = given.map((x) => value(x as number));
      const v = call(...values, ...params) as Value;
      demandSame(v.data, example.y, `${where} of values`);
      if (example.grad === undefined) continue;
      y.backward();
      v.backward();
      op.inputs.forEach((name, k) => {
        const expected = example.grad?.[name];
        if (expected === undefined) return;
        demandSame(tensors[k]?.grad?.item(), expected, `case ${n}, gradient of ${name}`);
        demandSame(values[k]?.grad, expected, `case ${n}, gradient of ${name}, of values`);
      });
    }
  },
};

/** Small enough that a bend near the kink does not show, large enough that rounding does not. */
const SIDE = 2 ** -20;
/** What is left of both. */
const SIDE_TOLERANCE = 1e-4;
/** A change this large over so small a step is a jump: a step has no slope to lie between. */
const JUMP = 1e-3;

interface Kink {
  readonly at: readonly number[];
  /** Ways to leave the kink. */
  readonly directions: readonly (readonly number[])[];
  readonly isCase: (example: Case) => boolean;
}

function kinksOf({ op, facts }: Entry): Kink[] {
  const { kinks = {}, kinkWhereEqual, domain } = facts as GateFacts<readonly string[], readonly unknown[]>;
  const found: Kink[] = [];
  const middle = op.inputs.map((name) => {
    const [from, to] = domain[name] as Interval;
    return (from + to) / 2;
  });
  op.inputs.forEach((name, k) => {
    for (const kink of kinks[name] ?? []) {
      const directions = [op.inputs.map((_, j) => (j === k ? 1 : 0))];
      found.push({ at: middle.with(k, kink), directions, isCase: (example) => example[name] === kink });
    }
  });
  if (kinkWhereEqual !== undefined) {
    const [a, b] = kinkWhereEqual.map((name) => op.inputs.indexOf(name)) as [number, number];
    const toward = (da: number, db: number): number[] =>
      op.inputs
        .map(() => 0)
        .with(a, da)
        .with(b, db);
    // Along (1, 1) the two stay equal: there both gradients together must be the slope.
    const directions = [toward(1, 0), toward(0, 1), toward(1, 1), toward(1, -1)];
    const isCase = (example: Case): boolean => example[kinkWhereEqual[0]] === example[kinkWhereEqual[1]];
    for (const x of [-1.5, 0, 0.75]) found.push({ at: middle.with(a, x).with(b, x), directions, isCase });
  }
  return found;
}

export const liesBetweenSlopes: Law = {
  claim: 'the gradient chosen at a kink lies between the slopes of its sides, and is a case',
  check: (entry) => {
    const { op, facts } = entry;
    if (op.kind === 'struct') return;
    const call = callable(entry) as (...args: readonly unknown[]) => unknown;
    for (const { at, directions, isCase } of kinksOf(entry)) {
      if (op.rules.every((rule) => rule === null)) continue;
      demand(
        casesOf(entry).some((example) => isCase(example) && example.grad !== undefined),
        () => `no case says the gradient at ${at}`,
      );
      const { params: sampled = [[]] } = facts as GateFacts<readonly string[], readonly unknown[]>;
      for (const params of sampled) {
        const values = at.map((x) => value(x));
        (call(...values, ...params) as Value).backward();
        for (const direction of directions) {
          const f = (t: number): number => call(...at.map((x, k) => x + t * direction[k]), ...params) as number;
          if (Math.max(Math.abs(f(SIDE) - f(0)), Math.abs(f(-SIDE) - f(0))) > JUMP) continue;
          const slopes = [(f(0) - f(-SIDE)) / SIDE, (f(SIDE) - f(0)) / SIDE];
          const chosen = values.reduce((total, x, k) => total + x.grad * direction[k], 0);
          demand(
            chosen >= Math.min(...slopes) - SIDE_TOLERANCE && chosen <= Math.max(...slopes) + SIDE_TOLERANCE,
            () => `at ${at}, toward ${direction}: ${chosen} does not lie between ${slopes.join(' and ')}`,
          );
        }
      }
    }
  },
};

export const isNamedOnce: Law = {
  claim: 'its name is its export and its file',
  check: ({ op }, name) => {
    demand(op.name === name, () => `exported as ${name}, but named ${op.name}`);
    const file = `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
    demand(existsSync(new URL(`../../src/ops/${file}`, import.meta.url)), () => `there is no ops/${file}`);
  },
};

export const saysWhatItDoes: Law = {
  claim: 'it says in words what it gives, and for each differentiable input the gradient',
  check: ({ op, facts }) => {
    const says = facts.says as Readonly<Record<string, string | undefined>>;
    demand(Boolean(says.y), () => 'y is not said');
    op.inputs.forEach((name, k) => {
      const isSaid = Boolean(says[name]);
      demand(
        isSaid === (op.rules[k] !== null),
        () => `the gradient of ${name} is ${isSaid ? 'said, but null' : 'not said'}`,
      );
    });
    for (const name of Object.keys(says)) demand(name === 'y' || op.inputs.includes(name), () => `${name} is no input`);
  },
};
