import type { Position, SourceRange, TraceEvent } from './events.ts';

/**
 * What a single value may be:
 * `number` any double; `integer`, `count` (from 0) and `ordinal` (from 1) safe integers; `setting` text, number or
 * boolean; `json` anything that JSON holds, its numbers finite, for the fields that we do not know.
 */
export type ScalarKind = 'text' | 'number' | 'integer' | 'count' | 'ordinal' | 'true' | 'setting' | 'json';

/** What may stand in a field, as plain data. */
export type Kind =
  | ScalarKind
  | { readonly oneOf: Readonly<Record<string, true>> }
  | { readonly optional: Kind }
  | { readonly listOf: Kind }
  | { readonly recordOf: Kind }
  | { readonly fields: Readonly<Record<string, Kind>> };

/** The kind that a TypeScript type must have in the table, so that a forgotten field or value does not compile. */
type KindOf<T> = [T] extends [string]
  ? string extends T
    ? 'text'
    : { readonly oneOf: { readonly [Value in T]: true } }
  : [T] extends [number]
    ? 'number' | 'integer' | 'count' | 'ordinal'
    : [T] extends [true]
      ? 'true'
      : [T] extends [readonly (infer Item)[]]
        ? { readonly listOf: KindOf<Item> }
        : [T] extends [object]
          ? string extends keyof T
            ? { readonly recordOf: KindOf<T[keyof T]> }
            : { readonly fields: FieldsOf<T> }
          : 'setting';

/** A kind for each field but `type`, by which the table is keyed. */
type FieldsOf<T> = {
  readonly [Field in Exclude<keyof T, 'type'>]: Partial<Pick<T, Field>> extends Pick<T, Field>
    ? { readonly optional: KindOf<Required<T>[Field]> }
    : KindOf<T[Field]>;
};

const POSITION: KindOf<Position> = { fields: { line: 'ordinal', column: 'ordinal' } };
const AT: { readonly optional: KindOf<SourceRange> } = {
  optional: { fields: { file: 'text', hash: 'text', start: POSITION, end: POSITION } },
};
const SHAPE: { readonly listOf: 'count' } = { listOf: 'count' };

/** The table that writing and reading both follow: event type → field → kind. */
export const EVENT_FIELDS: {
  readonly [Type in TraceEvent['type']]: FieldsOf<Extract<TraceEvent, { type: Type }>>;
} = {
  'run-start': {
    file: 'text',
    hash: 'text',
    seed: 'integer',
    settings: { recordOf: 'setting' },
    totalSteps: { optional: 'count' },
  },
  source: { file: 'text', hash: 'text', text: 'text' },
  layer: {
    id: 'ordinal',
    kind: 'text',
    label: 'text',
    path: 'text',
    parameters: { listOf: { fields: { name: 'text', shape: SHAPE } } },
    figure: { oneOf: { weight: true, output: true } },
    at: AT,
  },
  step: {
    step: 'ordinal',
    loss: 'number',
    gradients: { recordOf: 'number' },
    elapsedMs: { optional: 'number' },
    live: { optional: 'true' },
  },
  gate: {
    step: 'ordinal',
    id: 'count',
    op: 'text',
    inputs: { listOf: { fields: { name: 'text', node: { optional: 'count' }, shape: SHAPE } } },
    shape: SHAPE,
    layer: { optional: 'ordinal' },
    at: AT,
  },
  console: { stream: { oneOf: { stdout: true, stderr: true } }, text: 'text', step: 'count' },
  diagnosis: {
    code: 'text',
    severity: { oneOf: { error: true, warning: true, info: true } },
    message: 'text',
    advice: { listOf: 'text' },
    layers: { listOf: 'ordinal' },
    step: { optional: 'ordinal' },
    at: AT,
  },
  error: {
    phase: { oneOf: { syntax: true, import: true, throw: true, exit: true, killed: true } },
    name: 'text',
    code: { optional: 'text' },
    message: 'text',
    step: 'ordinal',
    at: AT,
    stack: { optional: { listOf: 'text' } },
  },
  'run-end': {
    reason: {
      oneOf: {
        done: true,
        'step-budget': true,
        'time-budget': true,
        'memory-budget': true,
        error: true,
        stopped: true,
        crashed: true,
      },
    },
    steps: 'count',
    elapsedMs: { optional: 'number' },
  },
};
