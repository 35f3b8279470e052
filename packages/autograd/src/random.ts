import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import { OperandError } from './errors.ts';

/** The twister is seeded with 32 bits. */
const MAX_SEED = 2 ** 32 - 1;

/**
 * A source of randomness that is wholly in its seed: same seed, same numbers, on every machine.
 *
 * A Mersenne twister, as NumPy's and PyTorch's CPU generators are: its seeding scatters neighbouring seeds, so that
 * seeds 0 to 19 are twenty unrelated runs.
 */
export class Generator {
  #source: ReturnType<typeof mersenne>;
  /** Box–Muller makes two normal numbers at a time; the second waits here. */
  #spare: number | null = null;

  /**
   * @param seed a whole number from 0 to 2³² − 1. Default 0.
   * @throws OperandError for any other: two seeds that look different must not give the same numbers.
   */
  constructor(seed = 0) {
    if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
      throw new OperandError(`Generator: seed is ${seed}, expected a whole number from 0 to ${MAX_SEED}.`);
    }
    this.#source = mersenne(seed);
  }

  /** A number drawn evenly from [low, high). Default [0, 1). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.#source);
  }

  /** A number drawn from the normal distribution. Default mean 0, standard deviation 1. Box and Muller (1958). */
  normal(mean = 0, std = 1): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return mean + std * spare;
    }
    // 1 − u lies in (0, 1]: its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return mean + std * radius * Math.cos(angle);
  }

  /** A whole number drawn evenly from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return uniformInt(this.#source, low, high);
  }

  /** The numbers 0 to n − 1 in random order. Fisher and Yates. */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}

let shared = new Generator();
let pinned: number | null = null;

/** Starts the global randomness anew from a seed, and returns its generator. Without a call the seed is 0. */
export function manualSeed(seed: number): Generator {
  shared = new Generator(pinned ?? seed);
  return shared;
}

/**
 * Starts the global randomness from a seed that no `manualSeed` changes any more: whoever repeats a program under
 * other seeds need not change the program. `null` lets go.
 */
export function pinSeed(seed: number | null): void {
  shared = new Generator(seed ?? 0);
  pinned = seed;
}

/** The generator of everything random that is given none. */
export function defaultGenerator(): Generator {
  return shared;
}
