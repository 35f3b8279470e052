import type { Gate, Names, Struct } from './op.ts';
import type { Shape } from './shape.ts';

/*
 * What tests, hovers and docs know about an op beyond what it computes. Facts are pure literals in the op's own file,
 * and nothing that runs imports them, so that a bundle does not carry them.
 */

/** Both ends belong to it. */
export type Interval = readonly [from: number, to: number];

/** Formulas for people, in Unicode: of the output, and of the gradient of each input that has one. */
export type Says<I extends Names> = { readonly y: string } & { readonly [K in I[number]]?: string };

/** Facts of a gate. */
export interface GateFacts<I extends Names, P extends readonly unknown[]> {
  readonly says: Says<I>;
  /** Where each input is sampled. It reaches into the tails. */
  readonly domain: { readonly [K in I[number]]: Interval };
  /** Points at which the slope jumps. The side that was chosen there is a case. */
  readonly kinks?: { readonly [K in I[number]]?: readonly number[] };
  /** Two inputs at whose equality the slope jumps. */
  readonly kinkWhereEqual?: readonly [I[number], I[number]];
  /** Arguments behind the inputs, to sample from. */
  readonly params?: readonly P[];
  /** Inputs that are truth values. */
  readonly truths?: readonly I[number][];
  /** Worked by hand: exact, kinks included. */
  readonly cases: readonly ({ readonly [K in I[number]]: number } & {
    readonly params?: P;
    readonly y: number;
    readonly grad?: { readonly [K in I[number]]?: number };
  })[];
}

/** Nested arrays of numbers. */
export type Nested = number | readonly Nested[];

/** Facts of a struct. */
export interface StructFacts<I extends Names, P extends readonly unknown[]> {
  readonly says: Says<I>;
  /** Where the elements of each input are sampled. Default: −2 to 2. */
  readonly domain?: { readonly [K in I[number]]?: Interval };
  /** Inputs that hold indices, with the number that they stay below. */
  readonly indices?: { readonly [K in I[number]]?: number };
  /** Shapes and arguments to try. */
  readonly samples: readonly { readonly shapes: { readonly [K in I[number]]: Shape }; readonly params?: P }[];
  /** Worked by hand, exact. */
  readonly cases: readonly ({ readonly [K in I[number]]: Nested } & { readonly params?: P; readonly y: Nested })[];
}

/** Facts of an op, by its type: `Facts<typeof tanh>`. */
export type Facts<O> =
  O extends Gate<infer I, infer P, infer _A>
    ? GateFacts<I, P>
    : O extends Struct<infer I, infer P, infer _A>
      ? StructFacts<I, P>
      : never;

/** Facts as tests and docs iterate them, the type parameters of single ops forgotten. */
export type AnyFacts = GateFacts<Names, readonly unknown[]> | StructFacts<Names, readonly unknown[]>;
