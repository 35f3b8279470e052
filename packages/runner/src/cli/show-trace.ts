import { addEvent, emptyState } from '@backflow/trace';
import { loadTrace } from '../load-trace.ts';
import { EXIT_CODES } from './exit-codes.ts';
import type { Command } from './read-arguments.ts';
import { printRun } from './terminal.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a saved trace may come from anybody and must not steer the terminal
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Shows a saved trace as its run showed itself, and gives the exit code. */
export function showTrace({ file, color }: Extract<Command, { name: 'show' }>): number {
  const state = loadTrace(file).events.reduce(addEvent, emptyState());
  for (const { text } of state.console) process.stdout.write(text.replace(CONTROL, '\ufffd'));
  printRun(state, color);
  return EXIT_CODES.done;
}
