import type { TraceState } from '@backflow/trace';
import pc from 'picocolors';
import { paint } from './paint.ts';
import { viewRun } from './view-run.ts';

/** Where there is no terminal to ask. */
const DEFAULT_WIDTH = 100;

/** Columns to fit a view into. */
export function terminalWidth(): number {
  return process.stdout.columns || DEFAULT_WIDTH;
}

/** Prints a run as it stands. Colours only for a terminal whose owner did not ask for none. */
export function printRun(state: TraceState, color: boolean): void {
  const isColored = color && process.stdout.isTTY === true && !process.env.NO_COLOR;
  process.stdout.write(paint(viewRun(state, terminalWidth()), pc.createColors(isColored)));
}
