import { type Direction, isObject, SCALARS } from './scalar.ts';
import { EVENT_FIELDS, type Kind } from './schema.ts';
import { describe, TraceError } from './trace-error.ts';

/** Where a value stands, for the words of an error. */
interface Place {
  readonly field: string;
  /** Line of the trace; absent while writing. */
  readonly line: number | undefined;
}

/**
 * A copy of an event in the form of the other side, checked against the table; `undefined` if its type is not in it.
 *
 * Fields that the table does not name are kept. Throws `TraceError` with code `missing-field` or `wrong-field`.
 */
export function convertEvent(event: object, direction: Direction, line?: number): object | undefined {
  const type: unknown = convert('text', own(event, 'type'), direction, { field: 'type', line });
  const fields = own(EVENT_FIELDS, type as string);
  if (fields === undefined) return undefined;
  const converted = convert({ fields }, event, direction, { field: type as string, line });
  return { type, ...(converted as object) };
}

function convert(kind: Kind, value: unknown, direction: Direction, place: Place): unknown {
  if (typeof kind === 'string') {
    const converted = SCALARS[kind][direction](value);
    return converted === undefined ? reject(SCALARS[kind].expected, value, place) : converted;
  }
  if ('optional' in kind) return value === undefined ? undefined : convert(kind.optional, value, direction, place);
  if ('oneOf' in kind) {
    const known = typeof value === 'string' && Object.hasOwn(kind.oneOf, value);
    return known ? value : reject(`one of ${Object.keys(kind.oneOf).join(', ')}`, value, place);
  }
  if ('listOf' in kind) {
    if (!Array.isArray(value)) return reject('a list', value, place);
    return Array.from(value, (item, i) => convert(kind.listOf, item, direction, inside(place, `[${i}]`)));
  }
  if (!isObject(value)) return reject('an object', value, place);
  const known: Readonly<Record<string, Kind>> = 'fields' in kind ? kind.fields : {};
  const other: Kind = 'fields' in kind ? { optional: 'json' } : kind.recordOf;
  const entries: [string, unknown][] = [];
  for (const name of new Set([...Object.keys(known), ...Object.keys(value)])) {
    const field = convert(own(known, name) ?? other, own(value, name), direction, inside(place, `.${name}`));
    if (field !== undefined) entries.push([name, field]);
  }
  // From entries: assigning to a field named `__proto__` would change the prototype instead.
  return Object.fromEntries(entries);
}

/** An object's own field, so that `constructor` or `__proto__` in a hostile trace finds nothing. */
function own<T extends object>(object: T, name: string): T[keyof T] | undefined {
  return Object.hasOwn(object, name) ? object[name as keyof T] : undefined;
}

function inside(place: Place, step: string): Place {
  return { field: place.field + step, line: place.line };
}

function reject(expected: string, value: unknown, { field, line }: Place): never {
  const code = value === undefined ? 'missing-field' : 'wrong-field';
  throw new TraceError(code, { line, field, found: describe(value), expected });
}
