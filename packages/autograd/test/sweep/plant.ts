import type { GateFacts, StructFacts } from '../../src/op-facts.ts';
import type { Entry } from './application.ts';
import type { laws } from './laws.ts';

/** An op with a fault, and the law that must see it. */
export interface Planted {
  readonly fault: string;
  readonly seenBy: keyof typeof laws;
  /** Part of what the law says. */
  readonly says: RegExp;
  readonly entry: Entry;
}

type Facts = Omit<Partial<GateFacts<readonly string[], readonly unknown[]>>, 'cases'> & { cases?: readonly object[] };

/** A gate with a fault, and facts that say no more than they must. */
export function plantGate(
  fault: string,
  seenBy: Planted['seenBy'],
  says: RegExp,
  op: unknown,
  facts: Facts = {},
): Planted {
  const { inputs } = op as { inputs: readonly string[] };
  const named = <T>(x: T): Record<string, T> => Object.fromEntries(inputs.map((name) => [name, x]));
  const usual = { says: { y: 'y', ...named('g') }, domain: named([-40, 40]), cases: [] };
  return { fault, seenBy, says, entry: { op, facts: { ...usual, ...facts } } as unknown as Entry };
}

/** Where a planted struct is tried. */
export type Structs = Pick<StructFacts<readonly string[], readonly unknown[]>, 'samples'>;

/** A struct with a fault. */
export function plantStruct(
  fault: string,
  seenBy: Planted['seenBy'],
  says: RegExp,
  op: unknown,
  facts: Structs,
): Planted {
  return {
    fault,
    seenBy,
    says,
    entry: { op, facts: { says: { y: 'y', x: 'g' }, cases: [], ...facts } } as unknown as Entry,
  };
}
