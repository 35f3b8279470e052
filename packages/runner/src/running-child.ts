import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type ErrorEvent, type RunEndEvent, type TraceEvent, TraceParser } from '@backflow/trace';
import { CONTROL_DESCRIPTOR, type InterruptReason, TRACE_DESCRIPTOR } from './child/child-options.ts';
import { CrashText } from './crash-text.ts';
import { RunnerError } from './errors.ts';
import { OutputLimit } from './output-limit.ts';

/** How long the child may take to say which line was running before it is killed without that. */
const GRACE_MS = 250;

/** A child process that trains: reads its trace, ends it, and closes the trace for one that could not do so itself. */
export class RunningChild {
  readonly done: Promise<RunEndEvent>;
  readonly #child: ChildProcess;
  readonly #emit: (event: TraceEvent) => void;
  readonly #parser = new TraceParser((event) => this.#receive(event));
  readonly #output = new OutputLimit();
  readonly #crash = new CrashText();
  #startedAt: number | undefined;
  #steps = 0;
  #interrupt: InterruptReason | undefined;
  #end: RunEndEvent | undefined;
  #grace: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, emit: (event: TraceEvent) => void) {
    this.#child = child;
    this.#emit = emit;
    this.#trace.setEncoding('utf8').on('data', (text: string) => this.#parse(text));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#print('stdout', text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#print('stderr', this.#crash.filter(text)));
    // Asked after it ended: there is nobody to hear it, and nothing to do.
    this.#control.on('error', () => {});
    // What the child started may still hold its pipes.
    child.once('exit', () => this.#kill());
    this.done = new Promise((resolve, reject) => {
      child.once('error', (cause) => reject(new RunnerError('cannot-start', `No process for it: ${cause.message}`)));
      child.once('close', (code, signal) => {
        clearTimeout(this.#grace);
        if (this.#startedAt === undefined) reject(new RunnerError('cannot-start', this.#crash.text));
        else resolve(this.#close(code, signal));
      });
    });
  }

  /** Has the child say which line is running, and ends it. */
  interrupt(reason: InterruptReason): void {
    if (this.#interrupt || this.#end) return;
    this.#interrupt = reason;
    this.resume();
    this.#control.write(`${reason}\n`);
    this.#grace = setTimeout(() => this.#kill(), GRACE_MS);
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

  get #control(): Writable {
    return this.#child.stdio[CONTROL_DESCRIPTOR] as Writable;
  }

  #parse(text: string): void {
    try {
      this.#parser.push(text);
    } catch {
      // Somebody else wrote to the descriptor of the trace: nothing that follows can be read.
      this.#trace.removeAllListeners('data').resume();
      this.#kill();
    }
  }

  #receive(event: TraceEvent): void {
    // Held back until the process has ended: it is the last event, and more output may come.
    if (event.type === 'run-end') this.#end = event;
    else if (event.type !== 'console' || this.#output.admits(event)) this.#emit(event);
    if (event.type === 'run-start') this.#startedAt = performance.now();
    if (event.type === 'step') this.#steps = event.step;
  }

  /** Output that went past `process.stdout`: from a process that the file started, or from the engine itself. */
  #print(stream: 'stdout' | 'stderr', text: string): void {
    if (text !== '' && this.#startedAt !== undefined) this.#receive({ type: 'console', stream, text, step: this.#steps });
  }

  #close(code: number | null, signal: NodeJS.Signals | null): RunEndEvent {
    const flood = this.#output.describe();
    if (flood) this.#emit(flood);
    const end = this.#end ?? this.#endFor(signal ?? `exit code ${code}`);
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
    crashed: `The process was ended from outside, or ended itself past process.exit (${cause}).`,
  };
  return { type: 'error', phase: 'killed', name: reason === 'crashed' ? cause : reason, message: messages[reason], step };
}
