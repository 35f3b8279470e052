import { SettingError } from './errors.ts';

/** What a setting can be. */
export type Setting = string | number | boolean;

let provided: Readonly<Record<string, Setting>> = {};
const asked: Set<string> = /* @__PURE__ */ new Set();

/** Sets what `setting` answers from now on, for programs that run training files. Names it does not have get defaults. */
export function provideSettings(settings: Readonly<Record<string, Setting>>): void {
  provided = settings;
  asked.clear();
}

/** The names that `setting` was asked for since settings were provided, each once, in that order. */
export function settingsAsked(): readonly string[] {
  return [...asked];
}

/**
 * A value that whoever runs the training file can choose; `fallback` where nobody does.
 *
 * Text is read as the type of `fallback`: a number, `true` or `false`, or as it stands.
 *
 * @throws SettingError where what was given is not of that type.
 * @example
 * const activation = setting('activation', 'relu');
 * const lr = setting('lr', 0.1);
 */
export function setting(name: string, fallback: number): number;
export function setting(name: string, fallback: string): string;
export function setting(name: string, fallback: boolean): boolean;
export function setting(name: string, fallback: Setting): Setting {
  asked.add(name);
  if (!Object.hasOwn(provided, name)) return fallback;
  const given = provided[name]!;
  if (typeof given === typeof fallback) return given;
  const read = READERS[typeof fallback as keyof typeof READERS](String(given));
  if (read !== undefined) return read;
  throw new SettingError(
    `setting "${name}" is ${JSON.stringify(given)}, expected a ${typeof fallback}, as its default ${fallback} is.`,
  );
}

/** From text; undefined where it does not fit. */
const READERS = {
  string: (text: string): string => text,
  boolean: (text: string): boolean | undefined => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  number: (text: string): number | undefined => {
    const x = Number(text);
    return text.trim() === '' || Number.isNaN(x) ? undefined : x;
  },
};
