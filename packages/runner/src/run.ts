import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunEndEvent, TraceEvent } from '@backflow/trace';
import type { ChildOptions } from './child/child-options.ts';
import { describeStart } from './child/describe-start.ts';
import { EventQueue } from './event-queue.ts';
import { checkMemoryBudget, defaultMemoryBudget, heapFlag } from './memory-budget.ts';
import { RunningChild } from './running-child.ts';
import { findTrainingFile } from './training-file.ts';

/** How to run a training file. */
export interface RunOptions {
  /** Seed of everything random, whatever `manualSeed` says in the file. Default: the file's own, else 0. */
  readonly seed?: number;
  /** What `setting(name, …)` answers in the training file; its own defaults apply to the rest. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** End after this many steps. Default: when the file ends. */
  readonly steps?: number;
  /** End this many milliseconds after the file began. Default: never. */
  readonly timeMs?: number;
  /** End when the process holds this much memory. Default: half of the machine's, 4 GB at most; at least 256 MB. */
  readonly memoryBytes?: number;
  /** What the training file finds in `process.argv` from index 2 on. Default nothing. */
  readonly arguments?: readonly string[];
  /** Told of each event as it comes. The last one is `run-end`. */
  readonly onEvent?: (event: TraceEvent) => void;
}

/** A training file that runs. `for await (const event of run)` gives its trace; leaving that loop stops it. */
export interface Run extends AsyncIterable<TraceEvent> {
  /** How it ended. Rejects with `RunnerError` `cannot-start` where no child process came up. */
  readonly done: Promise<RunEndEvent>;
  /** Ends it, whatever it is doing, with all that it started. What was recorded stands. */
  stop(): void;
}

/** Events that may wait for a slow reader before the child is slowed down. */
const MAX_WAITING = 1_000;

/**
 * Runs a training file in a process of its own, which can always be ended.
 *
 * Throws `RunnerError` for a file that cannot be a training file and a memory budget in which nothing runs. What goes
 * wrong later is told in the trace.
 */
export function run(file: string, options: RunOptions = {}): Run {
  const { timeMs, onEvent, memoryBytes = defaultMemoryBudget() } = options;
  checkMemoryBudget(memoryBytes);
  const childOptions: ChildOptions = {
    file: findTrainingFile(file),
    settings: options.settings ?? {},
    memoryBytes,
    arguments: options.arguments ?? [],
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.steps !== undefined && { steps: options.steps }),
  };
  const queues: EventQueue<TraceEvent>[] = [];
  let timer: NodeJS.Timeout | undefined;
  const receive = (event: TraceEvent): void => {
    if (event.type === 'run-start' && timeMs !== undefined) {
      timer = setTimeout(() => child.interrupt('time-budget'), timeMs);
    }
    onEvent?.(event);
    for (const queue of queues) queue.push(event);
    if (queues.some(({ length }) => length >= MAX_WAITING)) child.pause();
  };
  const child = new RunningChild(start(childOptions), receive, () =>
    describeStart(childOptions, readFileSync(childOptions.file, 'utf8')),
  );
  const done = child.done.finally(() => {
    clearTimeout(timer);
    for (const queue of queues) queue.close();
  });
  const stop = (): void => child.interrupt('stopped');
  return {
    done,
    stop,
    [Symbol.asyncIterator]: () => {
      const queue = new EventQueue<TraceEvent>(() => child.resume(), stop);
      queues.push(queue);
      return queue;
    },
  };
}

/** In a group of its own, so that all that it starts can be ended with it. */
function start(options: ChildOptions): ReturnType<typeof spawn> {
  // From source, as in tests, the child still runs as built: Node 20 reads no types.
  const entry = fileURLToPath(new URL('../dist/child/main.js', import.meta.url));
  return spawn(process.execPath, [heapFlag(options.memoryBytes), entry, JSON.stringify(options)], {
    detached: true,
    // No input: a file that waits for some sees its end. The last two are TRACE_DESCRIPTOR and CONTROL_DESCRIPTOR.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    // In an editor process.execPath is the editor.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}
