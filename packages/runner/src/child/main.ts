/**
 * The child process: runs one training file and sends its trace. Started by `run`, which also ends it.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RunEndEvent, TraceEvent } from '@backflow/trace';
import { placeOfCall, placeOfLayer } from './call-places.ts';
import { callSites } from './call-sites.ts';
import { captureConsole } from './capture-console.ts';
import { type ChildOptions, INTERRUPTED, type Interrupted, type WatchdogOptions } from './child-options.ts';
import { CriticalSection } from './critical-section.ts';
import { describeFailure } from './describe-failure.ts';
import { describeStart } from './describe-start.ts';
import {
  describeExit,
  describeInterrupt,
  describeNoStep,
  describeUnsettled,
  describeUnusedSettings,
} from './endings.ts';
import { loadEngines, preloadEngines } from './engines.ts';
import { findPackages, hasOwnInstall } from './find-packages.ts';
import { installHooks } from './hooks.ts';
import { LearnerFiles, type LoadedFile } from './learner-files.ts';
import { isLearnerFile, type Places } from './places.ts';
import { Recorder } from './recorder.ts';
import { TraceChannel } from './trace-channel.ts';

/** Frames in a thrown error: the learner's own must still be there below a deep stack of ours. */
const STACK_DEPTH = 50;

const options = JSON.parse(process.argv[2] ?? '') as ChildOptions;
const trainingFile = pathToFileURL(options.file).href;
const exit = process.exit.bind(process);
process.argv = [process.execPath, options.file, ...options.arguments];
Error.stackTraceLimit = STACK_DEPTH;

const watchdog: WatchdogOptions = { memoryBytes: options.memoryBytes };
new Worker(new URL('./watchdog.js', import.meta.url), { workerData: watchdog }).unref();

const section = new CriticalSection();
const channel = new TraceChannel(section);
const places: Places = { trainingFile, runner: import.meta.url, packages: findPackages() };
const text = new TextDecoder().decode(readFileSync(options.file));
let loaded: () => readonly LoadedFile[] = () => [];
const files = new LearnerFiles(
  dirname(options.file),
  (event) => channel.send(event),
  () => loaded().filter(({ url }) => isLearnerFile(places, url)),
);
const recorder = new Recorder((event) => channel.send(event), endAtBudget, section);
let settingsAsked: () => readonly string[] | undefined = () => undefined;
let hasBegun = false;
let isOver = false;

/** Begins the trace, unless it has begun. */
function begin(): void {
  if (hasBegun) return;
  hasBegun = true;
  channel.send(describeStart(options, text));
  files.add({ url: trainingFile, text, code: '' });
  files.send(trainingFile);
}

/** Ends the trace. What happens afterwards, as in the learner's own exit handlers, is no longer part of it. */
function finish(reason: RunEndEvent['reason'], last?: TraceEvent): void {
  if (isOver) return;
  isOver = true;
  begin();
  recorder.flush();
  for (const event of [describeUnused(reason), describeEmpty(), last]) if (event) channel.send(event);
  channel.send({ type: 'run-end', reason, steps: recorder.steps, elapsedMs: recorder.now() });
}

/** Steps without a gradient are told however the run ends. */
function describeEmpty(): TraceEvent | undefined {
  return recorder.steps === 0 && recorder.seen.emptySteps > 0 ? describeNoStep(recorder.seen) : undefined;
}

/** A file that came to no step may have had no chance to ask. */
function describeUnused(reason: RunEndEvent['reason']): TraceEvent | undefined {
  const asked = settingsAsked();
  const hadChance = reason === 'done' || recorder.steps > 0;
  return asked && hadChance ? describeUnusedSettings(Object.keys(options.settings), asked) : undefined;
}

function fail(thrown: unknown): void {
  if (!isOver) finish('error', { type: 'error', step: recorder.steps + 1, ...describeFailure(files, thrown) });
  exit(1);
}

function finishWell(): void {
  const isIdle = recorder.steps === 0 && recorder.seen.emptySteps === 0;
  finish('done', isIdle ? describeNoStep(recorder.seen) : undefined);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
process.exit = (code = process.exitCode ?? 0): never => {
  const status = Number(code);
  const event = describeExit(status, recorder.steps, placeOfCall(files, callSites()));
  finish(status === 0 ? 'done' : 'error', event);
  return exit(status);
};

/** Called by the watchdog while this thread stands still. */
const interrupted: Interrupted = (reason, frames) =>
  section.afterwards(() => {
    finish(reason, describeInterrupt(files, reason, frames, recorder.steps));
    standStill();
  });
Object.defineProperty(globalThis, Symbol.for(INTERRUPTED), { value: interrupted });

captureConsole((stream, text) => {
  if (!isOver) channel.send({ type: 'console', stream, text, step: recorder.steps });
});

function endAtBudget(steps: number): void {
  if (steps !== options.steps) return;
  finish('step-budget');
  standStill();
}

/** Until the parent, which has the end of the trace by now, ends this process: the learner's loop must not go on. */
function standStill(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

async function train(): Promise<void> {
  if (!hasOwnInstall(places)) await preloadEngines();
  loaded = installHooks(places);
  const engines = loadEngines(options.seed, options.settings);
  // Loading them is no part of the run; what is wrong with them is told in it.
  await engines.catch(() => {});
  begin();
  ({ settingsAsked } = await engines);
  recorder.watch(await engines, () => placeOfLayer(files, callSites()));
  await import(trainingFile);
}

/** The event loop is empty and the file not at its end. */
function failUnsettled(): void {
  finish('error', describeUnsettled(recorder.steps));
  exit(1);
}

process.once('beforeExit', failUnsettled);
train().then(() => {
  process.off('beforeExit', failUnsettled);
  // After all exit handlers of the learner's, so that what they print still belongs to the run.
  process.once('exit', finishWell);
}, fail);
