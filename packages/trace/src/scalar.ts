import type { ScalarKind } from './schema.ts';

/** From an event to what JSON can hold, or back. */
export type Direction = 'write' | 'read';

/** What one kind of value accepts, in words, and how it crosses: `undefined` for a value that it does not accept. */
export interface Scalar extends Readonly<Record<Direction, (value: unknown) => unknown>> {
  readonly expected: string;
}

/** Deeper than any field that a later version may add, and shallow enough that writing it again cannot overflow. */
const MAX_DEPTH = 32;

/** The doubles that JSON has no number for, by the strings that stand for them. */
const SPECIAL = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

export const SCALARS: Readonly<Record<ScalarKind, Scalar>> = {
  text: same('text', (value) => typeof value === 'string'),
  number: {
    expected: 'a number, "NaN", "Infinity", "-Infinity" or "-0"',
    write: (value) => (typeof value === 'number' ? (specialName(value) ?? value) : undefined),
    read: (value) => (typeof value === 'number' ? value : SPECIAL.get(value)),
  },
  integer: same('a whole number', (value) => Number.isSafeInteger(value)),
  count: same('a whole number from 0', (value) => Number.isSafeInteger(value) && Number(value) >= 0),
  ordinal: same('a whole number from 1', (value) => Number.isSafeInteger(value) && Number(value) >= 1),
  true: same('true', (value) => value === true),
  // Here "NaN" may be the learner's text, so a number that JSON lacks is wrapped: {"number":"NaN"}.
  setting: {
    expected: 'text, a number, a boolean, or {"number":"NaN"} and its like',
    write: (value) => {
      const number = specialName(value);
      return number === undefined ? plainSetting(value) : { number };
    },
    read: (value) => (isObject(value) ? SPECIAL.get(value.number) : plainSetting(value)),
  },
  json: same(`JSON at most ${MAX_DEPTH} levels deep, its numbers finite`, (value) => isJson(value, MAX_DEPTH)),
};

/** Whether a value is an object with fields. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(expected: string, accepts: (value: unknown) => boolean): Scalar {
  const cross = (value: unknown) => (accepts(value) ? value : undefined);
  return { expected, write: cross, read: cross };
}

function specialName(value: unknown): string | undefined {
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : undefined;
}

function plainSetting(value: unknown): unknown {
  return ['string', 'number', 'boolean'].includes(typeof value) ? value : undefined;
}

function isJson(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  return typeof value === 'object' && depth > 0 && Object.values(value).every((item) => isJson(item, depth - 1));
}
