import type { ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { type ErrorEvent, type RunEndEvent, type RunStartEvent, type TraceEvent, TraceParser } from '@backflow/trace';
import { CONTROL_DESCRIPTOR, type InterruptReason, TRACE_DESCRIPTOR } from './child/child-options.ts';
import { CrashText } from './crash-text.ts';
import { RunnerError } from './errors.ts';
import { OutputLimit } from './output-limit.ts';

/**
 * How long the child may take to say which line was running before it is killed without that, in milliseconds. It
 * takes some 30; on a busy machine more, and whoever pressed Stop does not wait for it.
 */
const GRACE_MS: Readonly<Record<InterruptReason, number>> = {
  stopped: 800,
  'time-budget': 5_000,
  // It may still be filling it.
  'memory-budget': 2_000,
};

/** Why a run ended whose trace cannot be read. */
const BROKEN_TRACE = `something wrote to descriptor ${TRACE_DESCRIPTOR}, which carries the trace`;

/** A child process that trains: reads its trace, ends it, and closes the trace for one that could not do so itself. */
export class RunningChild {
  readonly done: Promise<RunEndEvent>;
  readonly #child: ChildProcess;
  readonly #emit: (event: TraceEvent) => void;
  readonly #parser = new TraceParser((event) => this.#receive(event));
  readonly #output = new OutputLimit();
  readonly #crash = new CrashText();
  /** What was printed before the trace began: why a child does not come up. */
  #boot = '';
  #startedAt: number | undefined;
  #steps = 0;
  #interrupt: InterruptReason | undefined;
  #end: RunEndEvent | undefined;
  #grace: NodeJS.Timeout | undefined;
  #isTraceBroken = false;

  /** @param describeStart gives the first event of a run that was ended before it could send it */
  constructor(child: ChildProcess, emit: (event: TraceEvent) => void, describeStart: () => RunStartEvent) {
    this.#child = child;
    this.#emit = emit;
    this.#trace.setEncoding('utf8').on('data', (text: string) => this.#parse(text));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#print('stdout', text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#print('stderr', this.#crash.filter(text)));
    // Asked after it ended: there is nobody to hear it, and nothing to do.
    this.#control.on('error', () => {});
    this.#control.on('data', () => this.#expectEnd('memory-budget'));
    // What the child started may still hold its pipes.
    child.once('exit', () => this.#kill());
    this.done = new Promise((resolve, reject) => {
      child.once('error', (cause) => reject(new RunnerError('cannot-start', `No process for it: ${cause.message}`)));
      child.once('close', (code, signal) => {
        clearTimeout(this.#grace);
        if (this.#startedAt === undefined && this.#interrupt) this.#receive(describeStart());
        const cause = signal ?? `exit code ${code}`;
        if (this.#startedAt !== undefined) resolve(this.#close(cause));
        else reject(new RunnerError('cannot-start', `No run came up (${cause}). ${this.#boot.trim()}`));
      });
    });
  }

  /** Has the child say which line is running, and ends it. */
  interrupt(reason: InterruptReason): void {
    if (this.#interrupt || this.#end) return;
    this.#control.write(`${reason}\n`);
    this.#expectEnd(reason);
  }

  #expectEnd(reason: InterruptReason): void {
    this.#interrupt ??= reason;
    this.#grace ??= setTimeout(() => this.#kill(), GRACE_MS[reason]);
    // A child that waits for its reader cannot be asked anything.
    this.resume();
  }

  /** Slows the child down: its pipe fills, and its next event waits. */
  pause(): void {
    this.#trace.pause();
  }

  resume(): void {
    this.#trace.resume();
  }

  get #trace(): Readable {
    return this.#child.stdio[TRACE_DESCRIPTOR] as Readable;
  }

  get #control(): Duplex {
    return this.#child.stdio[CONTROL_DESCRIPTOR] as Duplex;
  }

  #parse(text: string): void {
    try {
      this.#parser.push(text);
    } catch {
      // Somebody else wrote to the descriptor of the trace: nothing that follows can be read.
      this.#isTraceBroken = true;
      this.#trace.removeAllListeners('data').resume();
      this.#kill();
    }
  }

  #receive(event: TraceEvent): void {
    if (event.type === 'run-end') {
      // Held back until the process is gone: it is the last event, and what was printed may still come.
      this.#end = event;
      this.#kill();
    } else if (event.type !== 'console' || this.#output.admits(event)) this.#emit(event);
    if (event.type === 'run-start') this.#startedAt = performance.now();
    if (event.type === 'step') this.#steps = event.step;
  }

  /** Output that went past `process.stdout`: from a process that the file started, or from the engine itself. */
  #print(stream: 'stdout' | 'stderr', text: string): void {
    if (this.#startedAt === undefined) this.#boot += text;
    else if (text !== '') this.#receive({ type: 'console', stream, text, step: this.#steps });
  }

  #close(cause: string): RunEndEvent {
    const flood = this.#output.describe();
    if (flood) this.#emit(flood);
    const end = this.#end ?? this.#endFor(this.#isTraceBroken ? BROKEN_TRACE : cause);
    this.#emit(end);
    return end;
  }

  /** The end of a child that was gone before it could say anything. */
  #endFor(cause: string): RunEndEvent {
    const reason = this.#interrupt ?? (this.#crash.isOutOfMemory ? 'memory-budget' : 'crashed');
    if (reason !== 'stopped') this.#emit(describeEnd(reason, cause, this.#steps + 1));
    const elapsedMs = performance.now() - (this.#startedAt ?? performance.now());
    return { type: 'run-end', reason, steps: this.#steps, elapsedMs };
  }

  #kill(): void {
    const { pid } = this.#child;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone, or there are no groups, as on Windows.
      this.#child.kill('SIGKILL');
    }
  }
}

function describeEnd(reason: 'time-budget' | 'memory-budget' | 'crashed', cause: string, step: number): ErrorEvent {
  const messages = {
    'time-budget': 'The time is up. Which line was running could not be seen.',
    'memory-budget': 'It ran out of memory before anyone could see which line was running.',
    crashed: `The process ended without a word: ${cause}.`,
  };
  return { type: 'error', phase: 'killed', name: reason, message: messages[reason], step };
}
