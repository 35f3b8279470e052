import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type RunOptions, run } from '@backflow/runner';
import type { ConsoleEvent, ErrorEvent, LayerEvent, StepEvent, TraceEvent } from '@backflow/trace';
import { expect } from 'vitest';

/** A claim about luck is a count over these. */
const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, seed) => seed);

/** What one seed's run of a training file left. */
export interface SeedRun {
  readonly seed: number;
  readonly layers: readonly LayerEvent[];
  readonly first: StepEvent;
  readonly last: StepEvent;
  /** What the training file printed behind the word `accuracy`. */
  readonly accuracy: number;
}

/** Runs a training file once a seed, as a learner would, in as many processes as there are cores. */
export async function runSeeds(file: URL, options: RunOptions = {}): Promise<SeedRun[]> {
  const runs: SeedRun[] = [];
  const waiting = [...SEEDS];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      runs[seed] = await runSeed(file, seed, options);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return runs;
}

async function runSeed(file: URL, seed: number, options: RunOptions): Promise<SeedRun> {
  const events: TraceEvent[] = [];
  await run(fileURLToPath(file), { ...options, seed, onEvent: (event) => events.push(event) }).done;
  const failure = events.find((event): event is ErrorEvent => event.type === 'error');
  if (failure) throw new Error(`seed ${seed}: ${failure.message}`);
  const steps = events.filter((event): event is StepEvent => event.type === 'step');
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`seed ${seed}: the run made no step`);
  const output = events.filter((event): event is ConsoleEvent => event.type === 'console').map(({ text }) => text);
  return {
    seed,
    layers: events.filter((event): event is LayerEvent => event.type === 'layer'),
    first,
    last,
    accuracy: Number(/accuracy (\S+)/.exec(output.join(''))?.[1]),
  };
}

/** How many runs meet a condition. */
export function count(runs: readonly SeedRun[], condition: (run: SeedRun) => boolean): number {
  return runs.filter(condition).length;
}

/** The middle one; of an even number the mean of the two. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2)];
  return ((sorted[low] ?? Number.NaN) + (sorted[high] ?? Number.NaN)) / 2;
}

/** The figure of the layer that is `index`-th among those with weights. */
export function weightFigure(run: SeedRun, step: StepEvent, index: number): number {
  const layer = run.layers.filter(({ figure }) => figure === 'weight').at(index);
  return step.gradients[layer?.id ?? ''] ?? Number.NaN;
}

/** What was counted, in the words of both pages. */
export interface Claim {
  readonly en: string;
  readonly ko: string;
}

/** Holds the pages of a lesson to what was counted: a number in them is one that a test has just seen. */
export function expectInPages(lesson: URL, ...claims: readonly Claim[]): void {
  for (const [page, language] of [
    ['README.md', 'en'],
    ['README.ko.md', 'ko'],
  ] as const) {
    const text = readFileSync(new URL(page, lesson), 'utf8').replace(/\s+/g, ' ');
    for (const claim of claims) expect(text).toContain(claim[language]);
  }
}
