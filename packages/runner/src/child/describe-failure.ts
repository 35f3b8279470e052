import { inspect } from 'node:util';
import type { ErrorEvent } from '@backflow/trace';
import { describeImportFailure } from './describe-import-failure.ts';
import { describeSyntaxFailure } from './describe-syntax-failure.ts';
import type { LearnerFiles } from './learner-files.ts';
import { learnerFrames, placeOfTop } from './learner-frames.ts';

/** What there is to tell of a failure, apart from the step. */
export type Failure = Omit<ErrorEvent, 'type' | 'step'>;

/** Longest message kept, in UTF-16 code units: a screen or two. */
const MAX_MESSAGE_LENGTH = 4_000;

/** What a training file threw, or what kept it from starting, with its place in the learner's own words. */
export function describeFailure(files: LearnerFiles, thrown: unknown): Failure {
  if (!isError(thrown)) return describeNonError(thrown);
  const failure =
    describeSyntaxFailure(files, thrown) ?? describeImportFailure(files, thrown) ?? describeThrow(files, thrown);
  return { ...failure, message: shorten(failure.message) };
}

/** A proxy may throw at any touch. */
function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error;
  } catch {
    return false;
  }
}

function describeThrow(files: LearnerFiles, thrown: Error): Failure {
  const frames = learnerFrames(files, String(thrown.stack));
  const at = placeOfTop(files, frames);
  const { code } = thrown as NodeJS.ErrnoException;
  return {
    phase: 'throw',
    name: thrown.name || 'Error',
    ...(typeof code === 'string' && { code }),
    message: thrown.message + adviseOnCall(files, thrown),
    ...(at && { at }),
    ...(frames.length > 0 && { stack: frames.map(({ text }) => text) }),
  };
}

/** What to write where the learner called a module as PyTorch does; nothing for other errors. */
function adviseOnCall(files: LearnerFiles, thrown: Error): string {
  const [, called] =
    /^((?:this\.)?[\p{ID_Continue}$]+|\(intermediate value\)) is not a function$/u.exec(thrown.message) ?? [];
  if (!(thrown instanceof TypeError) || called === undefined) return '';
  const top = String(thrown.stack)
    .split('\n')
    .find((line) => /^\s*at /.test(line));
  if (learnerFrames(files, top ?? '').length === 0) return '';
  return called.startsWith('(')
    ? '. If it is a module, call its forward: (…).forward(…).'
    : `. If ${called} is a module, write ${called}.forward(…).`;
}

function describeNonError(thrown: unknown): Failure {
  const value = shorten(describeValue(thrown));
  const message = `It threw ${value}, which is not an Error and so does not say where. Throw new Error(…) instead.`;
  return { phase: 'throw', name: 'Error', code: 'non-error', message };
}

/** A value of any sort, even one that cannot be shown: its getters or its `inspect` may throw themselves. */
function describeValue(value: unknown): string {
  try {
    return inspect(value, { depth: 1 });
  } catch {
    return `a value (${typeof value}) that cannot be shown`;
  }
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
