/**
 * Watches over the training from a thread of its own, since the training's thread may never yield. When the run must
 * end it stops that thread where it stands, has it tell what it knows, and ends the process.
 */
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { workerData } from 'node:worker_threads';
import {
  CONTROL_DESCRIPTOR,
  INTERRUPTED,
  type InterruptReason,
  type RunningFrame,
  type WatchdogOptions,
} from './child-options.ts';

/** How often memory is looked at. JavaScript fills about 1 GB a second at most. */
const MEMORY_MS = 50;
/**
 * How long to wait for the training's thread to stand still. One that runs JavaScript does within some 20 ms; one that
 * has not by then waits for something, or the engine is busy with one huge operation. Whoever pressed Stop waits less.
 */
const PAUSE_MS: Readonly<Record<InterruptReason, number>> = {
  stopped: 200,
  'time-budget': 1_000,
  'memory-budget': 1_000,
};

const control = new Socket({ fd: CONTROL_DESCRIPTOR, readable: true, writable: true });
let isInterrupted = false;

watch((workerData as WatchdogOptions).memoryBytes);

function watch(memoryBytes: number): void {
  createInterface({ input: control }).once('line', (reason) => interrupt(reason as InterruptReason));
  // The parent is gone: without this, an endless loop would outlive it.
  control.once('close', end);
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() < memoryBytes) return;
    clearInterval(timer);
    // The parent ends the process if this cannot: the engine may be in the middle of one huge allocation.
    control.write('memory-budget\n');
    interrupt('memory-budget');
  }, MEMORY_MS);
}

function interrupt(reason: InterruptReason): void {
  if (isInterrupted) return;
  isInterrupted = true;
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  const tell = (frames: readonly RunningFrame[]): void => {
    const call = `globalThis[Symbol.for(${JSON.stringify(INTERRUPTED)})](${JSON.stringify(reason)}, ${JSON.stringify(frames)})`;
    session.post('Runtime.evaluate', { expression: call, silent: true }, () => session.post('Debugger.resume'));
  };
  const waiting = setTimeout(() => tell([]), PAUSE_MS[reason]);
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.once('Debugger.paused', ({ params }) => {
    clearTimeout(waiting);
    tell(
      params.callFrames.map(({ location }) => ({
        url: urls.get(location.scriptId) ?? '',
        line: location.lineNumber + 1,
        column: (location.columnNumber ?? 0) + 1,
      })),
    );
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}

/** Ends this process and all that it started. */
function end(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // No group of its own, as on Windows.
    process.kill(process.pid, 'SIGKILL');
  }
}
