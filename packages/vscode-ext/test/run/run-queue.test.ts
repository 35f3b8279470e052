import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { RunQueue, type WhileRunning } from '../../src/run/run-queue.ts';

/** A queue whose runs end when they are told to, and what happened in it. */
function makeQueue() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const queue: RunQueue = new RunQueue(
    (file) => {
      log.push(`start ${file}`);
      const done = new Promise<void>((resolve) => ends.set(file, resolve));
      return { done, stop: () => void log.push(`stop ${file}`) };
    },
    () => {},
  );
  /** The run that goes on ends. */
  const end = async (): Promise<void> => {
    ends.get(queue.running ?? '')?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { queue, log, end };
}

const files = fc.constantFrom('a', 'b', 'c');
const command = fc.oneof(
  fc.record({ do: fc.constant('request' as const), file: files, how: fc.constantFrom<WhileRunning>('queue', 'stop') }),
  fc.record({ do: fc.constant('stop' as const), file: files }),
  fc.record({ do: fc.constant('end' as const) }),
);

test.prop([fc.array(command, { maxLength: 30 })])('whatever is asked, no two files run at once', async (commands) => {
  const { queue, log, end } = makeQueue();
  let running = 0;
  for (const each of commands) {
    if (each.do === 'request') queue.request(each.file, each.how);
    else if (each.do === 'stop') queue.stop(each.file);
    else await end();
    const states = ['a', 'b', 'c'].map((file) => queue.stateOf(file));
    running = states.filter((state) => state === 'running').length;
    expect(running).toBe(queue.running === undefined ? 0 : 1);
  }
  // A queue left alone empties itself, each file once.
  for (let left = 0; left < 4; left++) await end();
  expect(queue.running).toBeUndefined();
  expect(['a', 'b', 'c'].map((file) => queue.stateOf(file))).toEqual(['idle', 'idle', 'idle']);
  expect(log.filter((entry) => entry.startsWith('start')).length).toBeLessThanOrEqual(commands.length);
});

test('files that are queued run in the order in which they were asked for', async () => {
  const { queue, log, end } = makeQueue();
  for (const file of ['a', 'b', 'c', 'b']) queue.request(file, 'queue');
  expect(['a', 'b', 'c'].map((file) => queue.stateOf(file))).toEqual(['running', 'queued', 'queued']);
  await end();
  await end();
  expect(log).toEqual(['start a', 'start b', 'start c']);
});

test('"stop" ends the run that goes on and drops those that wait, and starts only when it has ended', async () => {
  const { queue, log, end } = makeQueue();
  queue.request('a', 'queue');
  queue.request('b', 'queue');
  queue.request('c', 'stop');
  expect(log).toEqual(['start a', 'stop a']);
  expect(queue.stateOf('b')).toBe('idle');
  await end();
  expect(log).toEqual(['start a', 'stop a', 'start c']);
});

test('stopping a file that waits takes it out of the queue and leaves the run alone', async () => {
  const { queue, log, end } = makeQueue();
  queue.request('a', 'queue');
  queue.request('b', 'queue');
  queue.stop('b');
  await end();
  expect(log).toEqual(['start a']);
  expect(queue.running).toBeUndefined();
});
