import { basename } from 'node:path';
import type { RunStartEvent } from '@backflow/trace';
import type { ChildOptions } from './child-options.ts';
import { hashText } from './hash-text.ts';

/** The first event of a run of a file with this text. */
export function describeStart({ file, seed = 0, settings, steps }: ChildOptions, text: string): RunStartEvent {
  const totalSteps = steps && { totalSteps: steps };
  return { type: 'run-start', file: basename(file), hash: hashText(text), seed, settings, ...totalSteps };
}
