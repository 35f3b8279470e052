import { centralDifference } from '../../src/central-difference.ts';
import { grad, type Value } from '../../src/index.ts';
import type { GateFacts } from '../../src/op-facts.ts';
import { callable, type Entry } from './application.ts';
import { demandClose, SECOND_RTOL } from './gradient-laws.ts';
import type { Law } from './law.ts';
import { demand } from './run.ts';

type AnyGateFacts = GateFacts<readonly string[], readonly unknown[]>;

/** Here eˣ has over- or underflowed: a branch that is not taken may be ∞ where the one that is taken is tame. */
const FAR = 800;

interface Point {
  readonly at: readonly number[];
  readonly params: readonly unknown[];
}

/** The worked cases, and every corner far out. */
function pointsOf({ op, facts }: Entry): Point[] {
  const { cases, params = [[]] } = facts as AnyGateFacts;
  const worked = cases.map((example) => ({
    at: op.inputs.map((name) => example[name] as number),
    params: (example.params ?? []) as readonly unknown[],
  }));
  const corners = op.inputs.reduce<number[][]>((all) => all.flatMap((c) => [c.concat(FAR), c.concat(-FAR)]), [[]]);
  return [...worked, ...params.flatMap((p) => corners.map((at) => ({ at, params: p })))];
}

function liesOnKink({ op, facts }: Entry, at: readonly number[]): boolean {
  const { kinks = {}, kinkWhereEqual } = facts as AnyGateFacts;
  if (op.inputs.some((name, k) => kinks[name]?.includes(at[k]))) return true;
  if (kinkWhereEqual === undefined) return false;
  const [a, b] = kinkWhereEqual.map((name) => at[op.inputs.indexOf(name)]);
  return a === b;
}

export const staysTameAtSecondOrder: Law = {
  claim:
    'at its cases and far out, one input at a time, gradients of gradients agree with differences, and none is NaN',
  check: (entry) => {
    const { op, facts } = entry;
    if (op.kind === 'struct') return;
    const { truths } = facts as AnyGateFacts;
    const open = op.inputs.flatMap((name, k) => (truths?.includes(name) || op.rules[k] === null ? [] : [k]));
    for (const { at, params } of pointsOf(entry)) {
      if (at.some(Number.isNaN)) continue;
      const f = (...x: readonly Value[]): Value => callable(entry)(...x, ...params) as unknown as Value;
      for (const [j, k] of open.flatMap((a) => open.map((b) => [a, b] as const))) {
        const first = grad(f, j);
        // Where a first gradient is none, as for a negative base under an exponent that moves, there is no second.
        if (!Number.isFinite(first(...at)) || !Number.isFinite(grad(f, k)(...at))) continue;
        const second = grad(first, k)(...at);
        const where = `∂²y/∂${op.inputs[j]}∂${op.inputs[k]} at ${at}`;
        demand(j !== k || !Number.isNaN(second), () => `${where} is NaN`);
        if (!Number.isFinite(at[k]) || liesOnKink(entry, at)) continue;
        const [{ slope, noise }] = centralDifference((x) => [first(...at.with(k, x))], at[k]);
        if (Number.isFinite(slope)) demandClose(second, slope, noise, SECOND_RTOL, where);
      }
    }
  },
};
