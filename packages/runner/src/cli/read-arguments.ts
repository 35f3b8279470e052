import { extname } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { RunnerError } from '../errors.ts';
import type { RunOptions } from '../run.ts';
import { EXTENSIONS } from '../training-file.ts';

/** What the command line asks for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'show'; readonly file: string; readonly color: boolean }
  | {
      readonly name: 'run';
      readonly file: string;
      readonly options: Omit<RunOptions, 'onEvent'>;
      readonly json: boolean;
      readonly save?: string;
      readonly color: boolean;
    };

const SHARED = { 'no-color': { type: 'boolean' } } as const;
const OPTIONS = {
  run: {
    ...SHARED,
    steps: { type: 'string' },
    time: { type: 'string' },
    memory: { type: 'string' },
    seed: { type: 'string' },
    set: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    save: { type: 'string' },
  },
  show: SHARED,
} as const satisfies Record<string, ParseArgsConfig['options']>;

const MEGABYTE = 1024 * 1024;
/** What autograd's generator takes: 32 bits. */
const MAX_SEED = 2 ** 32 - 1;

/** Reads a command line, without the program's own name. Throws `RunnerError` `usage`. */
export function readArguments(line: readonly string[]): Command {
  const end = line.includes('--') ? line.indexOf('--') : line.length;
  const [own, passedOn] = [line.slice(0, end), line.slice(end + 1)];
  if (own.includes('--help') || own.includes('-h') || line.length === 0) return { name: 'help' };
  if (own.includes('--version')) return { name: 'version' };
  const [name, ...rest] = own;
  if (name === 'show') return readShow(rest);
  if (name === 'run') return readRun(rest, passedOn);
  const meant = name && meantCommand(name);
  if (meant) throw new RunnerError('usage', `There is no command ${name}. Did you mean: backflow ${meant} ${name}?`);
  throw usage(`there is no command ${name}, only run and show`);
}

/** The command for a file that stands where the command should. */
function meantCommand(name: string): Command['name'] | undefined {
  if (name.endsWith('.trace')) return 'show';
  return EXTENSIONS.includes(extname(name)) ? 'run' : undefined;
}

function readShow(line: readonly string[]): Command {
  const { values, positionals } = parse(line, OPTIONS.show);
  return { name: 'show', file: onlyFile(positionals), color: values['no-color'] !== true };
}

function readRun(line: readonly string[], passedOn: readonly string[]): Command {
  const { values, positionals } = parse(line, OPTIONS.run);
  const { steps, time, memory, seed, set = [], json = false, save } = values;
  return {
    name: 'run',
    file: onlyFile(positionals),
    options: {
      settings: readSettings(set),
      arguments: passedOn,
      ...(steps !== undefined && { steps: readNumber('--steps', steps, 'a whole number from 1 on', isOrdinal) }),
      ...(time !== undefined && { timeMs: 1000 * readNumber('--time', time, 'seconds, more than 0', isPositive) }),
      ...(memory !== undefined && {
        memoryBytes: MEGABYTE * readNumber('--memory', memory, 'megabytes from 1 on', isOrdinal),
      }),
      ...(seed !== undefined && { seed: readNumber('--seed', seed, `a whole number from 0 to ${MAX_SEED}`, isSeed) }),
    },
    json,
    ...(save !== undefined && { save }),
    color: values['no-color'] !== true,
  };
}

function parse<Options extends NonNullable<ParseArgsConfig['options']>>(
  line: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...line], options, allowPositionals: true });
  } catch (error) {
    throw usage(shorten((error as Error).message));
  }
}

/** Node's words, without its advice, which is for another case or over three lines. */
function shorten(message: string): string {
  const [, option] = /^Option '([^']+)' argument is ambiguous/.exec(message) ?? [];
  if (option) return `Option '${option}' needs a value, and what begins with a dash is read as an option`;
  return message.replace(/\. To specify.*$/s, '');
}

function onlyFile(positionals: readonly string[]): string {
  const [file, more] = positionals;
  if (file === undefined) throw usage('which file? None is named');
  if (more !== undefined) throw usage(`one file at a time, but ${file} and ${more} are named`);
  return file;
}

function readSettings(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw usage(`--set ${pair} is no NAME=VALUE, as in --set activation=relu`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function readNumber(option: string, text: string, expected: string, fits: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !fits(value)) throw usage(`${option} is ${JSON.stringify(text)}, expected ${expected}`);
  return value;
}

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;
const isOrdinal = (value: number): boolean => Number.isSafeInteger(value) && value > 0;
const isSeed = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MAX_SEED;

function usage(problem: string): RunnerError {
  return new RunnerError('usage', `${problem}. See backflow --help.`);
}
