import { basename } from 'node:path';
import { closingLines, flowOf, formatCount, plainText } from '@backflow/insight';
import type { Session } from './session.ts';

/** What ends the output of a run: which step's flow the source shows, and the words that end it in the terminal. */
export function closingWords({ state, isOver, failure, file }: Session): string {
  if (failure !== undefined) return `${basename(file)}: ${failure}\n`;
  const { steps, diagnoses } = flowOf(state, isOver);
  const shown = steps.at(-1);
  const caption = shown ? `Gradient flow at step ${formatCount(shown.step)}\n` : '';
  const words = closingLines({ steps: [...state.steps], diagnoses, end: state.end, error: state.error });
  return `${caption}${plainText(words)}\n`;
}
