import type { Run, RunOptions } from '@backflow/runner';
import type { RunEndEvent, TraceEvent } from '@backflow/trace';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closingWords } from '../../src/run/closing-words.ts';
import { Session } from '../../src/run/session.ts';
import { EVENTS } from '../story.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A session on a run that does what the test says, and what its watcher heard. */
function follow() {
  const heard: string[] = [];
  let onEvent: (event: TraceEvent) => void = () => {};
  let end: (event: RunEndEvent) => void = () => {};
  const start = (_: string, options: RunOptions): Run => {
    onEvent = options.onEvent ?? onEvent;
    const done = new Promise<RunEndEvent>((resolve) => {
      end = (event) => {
        onEvent(event);
        resolve(event);
      };
    });
    return { done, stop: () => end({ type: 'run-end', reason: 'stopped', steps: 1 }) } as Run;
  };
  const session = new Session('/w/train.ts', {}, start, {
    updated: ({ isOver }) => heard.push(isOver ? 'over' : 'updated'),
    printed: (text) => heard.push(text),
  });
  return { session, heard, tell: (event: TraceEvent) => onEvent(event), end: (event: RunEndEvent) => end(event) };
}

test('however many events come, it is shown twice a second', async () => {
  const { heard, tell } = follow();
  for (let millisecond = 0; millisecond < 5_000; millisecond++) {
    tell({ type: 'step', step: millisecond + 1, loss: 1, gradients: {}, elapsedMs: millisecond });
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(heard.length).toBeGreaterThanOrEqual(9);
  expect(heard.length).toBeLessThanOrEqual(11);
});

test('a run that tells nothing, as in an endless loop, still shows that its time goes on', async () => {
  const { heard, session } = follow();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(heard.length).toBeGreaterThanOrEqual(5);
  expect(session.progress).toBe('no step yet · 3.0 s');
});

test('the end is shown at once, once, and nothing after it', async () => {
  const { heard, session, tell, end } = follow();
  for (const event of EVENTS) tell(event);
  end({ type: 'run-end', reason: 'done', steps: 1, elapsedMs: 400 });
  await session.done;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(heard.at(-1)).toBe('over');
  expect(heard.filter((each) => each === 'over')).toHaveLength(1);
  expect(closingWords(session)).toMatch(/^Gradient flow at step 1\nDone: 1 step in 0.4 s · loss 0.7000 → 0.7000\n/);
  expect(vi.getTimerCount()).toBe(0);
});

test('a stop that is asked for before the process is there stops it when it is', async () => {
  const { session } = follow();
  session.stop();
  await session.done;
  expect(session.state.end?.reason).toBe('stopped');
});

test('a process that does not come up ends the session with the reason', async () => {
  const session = new Session('/w/train.ts', {}, () => Promise.reject(new Error('No run came up')), {
    updated: () => {},
    printed: () => {},
  });
  await session.done;
  expect(session.isOver).toBe(true);
  expect(closingWords(session)).toBe('train.ts: No run came up\n');
});
