import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parseTrace, stringifyHeader, TraceError, type TraceEvent } from '../src/index.ts';
import { EVENT_FIELDS } from '../src/schema.ts';
import { anyEvents, write } from './arbitraries.ts';

const START = { type: 'run-start', file: 'train.ts', hash: '9f', seed: 0, settings: {} } as const;
const END = { type: 'run-end', reason: 'done', steps: 0 } as const;
const step = (step: number) => ({ type: 'step', step, loss: 0.5, gradients: {} }) as const;

/** The error of a text that must have one. */
function errorOf(text: string): TraceError {
  try {
    parseTrace(text);
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

/** A text with one of its event lines changed, and the number of that line. */
function damage(events: readonly TraceEvent[], pick: number, change: (line: string) => string) {
  const lines = write(events).split('\n');
  const at = 1 + (pick % events.length);
  lines[at] = change(lines[at] as string);
  return { text: lines.join('\n'), line: at + 1 };
}

const isOptional = (kind: object | string | undefined) => typeof kind === 'object' && 'optional' in kind;

describe('a later version', () => {
  const anyFields = fc
    .dictionary(
      fc.string().map((name) => `later-${name}`),
      fc.jsonValue({ maxDepth: 4 }),
    )
    .map((fields): object => JSON.parse(JSON.stringify(fields)));

  test.prop([anyEvents, anyFields])('may add fields: they are kept, and written again', (events, fields) => {
    const extended = events.map((event) => ({ ...event, ...fields }));
    expect(parseTrace(write(extended)).events).toEqual(extended);
  });

  test('may add fields at any depth', () => {
    const at = {
      file: 'a.ts',
      hash: '9f',
      start: { line: 1, column: 1, offset: 0 },
      end: { line: 1, column: 2 },
      by: 'x',
    };
    const error = { type: 'error', phase: 'throw', name: 'E', message: '', step: 1, at } as const;
    expect(parseTrace(write([START, error])).events[1]).toEqual(error);
  });

  test.prop([anyEvents, fc.nat()])('may add types of events: they are passed over', (events, pick) => {
    const { text } = damage(events, pick, (line) => `{"type":"weather","sun":true}\n${line}`);
    expect(parseTrace(text).events).toEqual(events);
  });

  test.prop([fc.integer({ min: 2 })])('that raised the version is refused, with what to do', (version) => {
    const error = errorOf(`{"backflow":"trace","version":${version}}\n{"type":7}`);
    expect(error).toMatchObject({ code: 'newer-version', line: 1, found: `version ${version}` });
    expect(error.message).toContain('update');
  });
});

describe('a bad line', () => {
  const garbage = fc.constantFrom('oops', '{', '{"type":"step"', '[]', '12', 'null', '"step"', '{"type":"st\0"}', '}{');

  test.prop([anyEvents, fc.nat(), garbage])('is refused by its number', (events, pick, instead) => {
    const { text, line } = damage(events, pick, () => instead);
    expect(errorOf(text)).toMatchObject({ code: 'not-json', line });
  });

  test.prop([anyEvents, fc.nat(), fc.nat()])('names the field that is missing', (events, pick, pickField) => {
    const type = (events[pick % events.length] as TraceEvent).type;
    const required = Object.entries(EVENT_FIELDS[type]).filter(([, kind]) => !isOptional(kind));
    const [name] = required[pickField % required.length] as [string, unknown];
    const { text, line } = damage(events, pick, (before) =>
      JSON.stringify({ ...JSON.parse(before), [name]: undefined }),
    );
    expect(errorOf(text)).toMatchObject({ code: 'missing-field', line, field: `${type}.${name}`, found: 'nothing' });
  });

  test.prop([anyEvents, fc.nat(), fc.nat()])('names the field that is wrong', (events, pick, pickField) => {
    const type = (events[pick % events.length] as TraceEvent).type;
    const names = Object.keys(EVENT_FIELDS[type]);
    const name = names[pickField % names.length] as string;
    const { text, line } = damage(events, pick, (before) => JSON.stringify({ ...JSON.parse(before), [name]: [[]] }));
    const error = errorOf(text);
    expect(error).toMatchObject({ code: 'wrong-field', line });
    expect(error.field).toMatch(new RegExp(`^${type}\\.${name}`));
  });

  test.each([
    ['{"type":"console","stream":"stdin","text":"","step":0}', 'console.stream', '"stdin"', 'one of stdout, stderr'],
    [
      '{"type":"console","stream":"toString","text":"","step":0}',
      'console.stream',
      '"toString"',
      'one of stdout, stderr',
    ],
    ['{"type":"step","step":1,"loss":null,"gradients":{}}', 'step.loss', 'null', /^a number, "NaN"/],
    ['{"type":"step","step":1,"loss":"nan","gradients":{}}', 'step.loss', '"nan"', /^a number, "NaN"/],
    ['{"type":"step","step":"NaN","loss":1,"gradients":{}}', 'step.step', '"NaN"', 'a whole number from 1'],
    ['{"type":"step","step":1,"loss":1,"gradients":{"3":{}}}', 'step.gradients.3', 'an object', /^a number, "NaN"/],
    ['{"type":"step","step":1,"loss":1,"gradients":{},"live":false}', 'step.live', 'false', 'true'],
    ['{"type":"gate","step":1,"id":-1,"op":"mul","inputs":[],"shape":[]}', 'gate.id', '-1', 'a whole number from 0'],
    ['{"type":"gate","step":1,"id":0,"op":"mul","inputs":[{}],"shape":[]}', 'gate.inputs[0].name', 'nothing', 'text'],
    ['{"type":"source","file":"a","hash":"b","text":["x"]}', 'source.text', 'a list of 1', 'text'],
    ['{"type":7}', 'type', '7', 'text'],
    ['{}', 'type', 'nothing', 'text'],
  ])('%s: says what was found and what was expected', (line, field, found, expected) => {
    const error = errorOf(`${write([START])}\n${line}\n`);
    expect(error).toMatchObject({ line: 4, field, found });
    expect(error.expected).toMatch(expected);
    expect(error.message).toBe(`Trace line 4, field "${field}": found ${found}, expected ${error.expected}.`);
  });

  test.each([
    ['text', 'x'.repeat(1_000_000)],
    ['a field', `{"type":"step","step":1,"loss":1,"gradients":{"${'x'.repeat(1_000_000)}":{}}}`],
    ['a value', `{"type":"step","step":1,"loss":"${'x'.repeat(1_000_000)}","gradients":{}}`],
  ])('of any length is quoted in short: %s', (_, line) => {
    expect(errorOf(`${write([START])}${line}\n`).message.length).toBeLessThan(250);
  });

  test('cannot send control codes to the terminal', () => {
    const line = JSON.stringify({ ...step(1), gradients: { '\u001b[31m': '\u001b[2J' } });
    expect(errorOf(`${write([START])}${line}\n`).message).not.toContain('\u001b');
  });
});

describe('order', () => {
  test.each(['', '\n\n', 'hello', '{"backflow":"tra', '{"backflow":"plan","version":1}', '{"backflow":"trace"}', '[]'])(
    'without a header it is not a trace: %j',
    (text) => {
      expect(errorOf(text)).toMatchObject({ code: 'not-a-trace' });
      expect(errorOf(`${text}\n${write([START]).split('\n')[1]}\n`)).toMatchObject({ code: 'not-a-trace' });
    },
  );

  test('what stands there instead of a header is quoted, with or without a newline', () => {
    expect(errorOf('hello')).toMatchObject({ line: 1, found: '"hello"' });
    expect(errorOf('\nhello\n')).toMatchObject({ line: 2, found: '"hello"' });
  });

  test.each<[string, TraceEvent[], number]>([
    ['run-start is first', [step(1), START], 2],
    ['run-start stands once', [START, START], 3],
    ['steps ascend', [START, step(1), step(3), step(2)], 5],
    ['a step is told once', [START, step(1), { ...step(1), live: true }], 4],
    ['nothing follows run-end', [START, END, step(1)], 4],
    ['run-end stands once', [START, END, END], 4],
  ])('%s', (_, events, line) => {
    expect(errorOf(write(events))).toMatchObject({ code: 'wrong-order', line });
  });

  test('half a line after run-end was not cut off from this trace', () => {
    expect(errorOf(`${write([START, END])}{"type`)).toMatchObject({ code: 'not-json', line: 4 });
  });
});

describe('a trace that was cut off', () => {
  const cutOff = anyEvents.chain((events) => {
    const text = write(events);
    const min = stringifyHeader().length - 1;
    return fc.integer({ min, max: text.length }).map((end) => ({ events, text, end }));
  });

  test.prop([cutOff])('gives the events of its whole lines', ({ events, text, end }) => {
    // A line is whole from its closing brace on, with or without its newline.
    const whole = (text.slice(0, end + 1).match(/\n/g)?.length ?? 0) - 1;
    const trace = parseTrace(text.slice(0, end));
    expect(trace.events).toEqual(events.slice(0, whole));
    expect(trace.complete).toBe(whole === events.length);
  });
});

describe('hostile text', () => {
  test('a key named __proto__ is data', () => {
    const line = '{"type":"step","step":1,"loss":1,"gradients":{"__proto__":"NaN"},"__proto__":{"live":true}}';
    const event = parseTrace(`${write([START])}${line}\n`).events[1] as TraceEvent & { type: 'step' };
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect(event.live).toBeUndefined();
    expect(Object.entries(event.gradients)).toEqual([['__proto__', Number.NaN]]);
  });

  test.each(['__proto__', 'constructor', 'toString'])('an event of type %s is an unknown event', (type) => {
    expect(parseTrace(`${write([START])}{"type":"${type}"}\n`).events).toHaveLength(1);
  });

  test('a required field is not found on a prototype', () => {
    const line = '{"type":"source","file":"a","hash":"b","__proto__":{"text":"x"}}';
    expect(errorOf(`${write([START])}${line}\n`)).toMatchObject({ code: 'missing-field', field: 'source.text' });
  });

  test.each([33, 1_000_000])('%i levels of nesting are refused, not overflown', (depth) => {
    const line = JSON.stringify(step(1)).replace('}}', `},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(errorOf(`${write([START])}${line}\n`)).toMatchObject({ code: 'wrong-field', field: 'step.deep', line: 3 });
  });

  test('a number beyond all doubles in a field that is not known is refused: it could not be written again', () => {
    const line = JSON.stringify(step(1)).replace('}}', '},"later":[1e999]}');
    expect(errorOf(`${write([START])}${line}\n`)).toMatchObject({ code: 'wrong-field', field: 'step.later', line: 3 });
  });
});

test('blank lines and carriage returns are passed over', () => {
  const text = write([START, step(1), END]).replaceAll('\n', '\r\n\r\n');
  expect(parseTrace(text).events).toEqual([START, step(1), END]);
});
