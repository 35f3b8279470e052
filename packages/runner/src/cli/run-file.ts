import {
  addEvent,
  emptyState,
  type RunEndEvent,
  stringifyEvent,
  stringifyHeader,
  type TraceEvent,
} from '@backflow/trace';
import { run } from '../run.ts';
import { TraceFile } from '../trace-file.ts';
import { exitCodeOf } from './exit-codes.ts';
import { ProgressLine } from './progress-line.ts';
import type { Command } from './read-arguments.ts';
import { printRun, terminalWidth } from './terminal.ts';

/** Signals that end the run and not, at once, this process: what was recorded is still to be shown. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a training file, shows or prints its trace, and gives the exit code. */
export async function runFile({
  file,
  options,
  json,
  save,
  color,
}: Extract<Command, { name: 'run' }>): Promise<number> {
  const write = (text: string): void => void process.stdout.write(text);
  const progress = !json && process.stdout.isTTY ? new ProgressLine(write, terminalWidth) : undefined;
  const traceFile = save === undefined ? undefined : new TraceFile(save);
  // However this process ends; nothing is left to discard once the file is kept.
  process.once('exit', () => traceFile?.discard());

  let state = emptyState();
  const receive = (event: TraceEvent): void => {
    traceFile?.add(event);
    state = addEvent(state, event);
    progress?.receive(event);
    if (json) write(stringifyEvent(event));
    else if (event.type === 'console') {
      const pass = (text: string): void => void process[event.stream].write(text);
      if (progress) progress.print(event, pass);
      else pass(event.text);
    }
  };

  let end: RunEndEvent;
  try {
    const running = run(file, { ...options, onEvent: receive });
    if (json) write(stringifyHeader());
    for (const signal of SIGNALS) process.on(signal, running.stop);
    end = await running.done;
  } finally {
    progress?.close();
  }
  traceFile?.keep();
  if (!json) printRun(state, color);
  return exitCodeOf(end, state.error);
}
