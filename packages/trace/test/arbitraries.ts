import { fc } from '@fast-check/vitest';
import { stringifyEvent, stringifyHeader, type TraceEvent } from '../src/index.ts';

/** Any sequence of UTF-16 code units: lone surrogates, line breaks of every kind, quotes, and the words that JSON lacks. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom('NaN', '-0', 'Infinity', '\n', '\r\n', '\u0085\u2028\u2029', '\ud800', '\udc00', '"\\', '__proto__'),
);

/** Doubles of the ordinary range first, then the special ones, then all. */
const anyNumber: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((scaled) => scaled / 1_000) },
  { weight: 3, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, 5e-324, -5e-324, 1e-8, 1e308, -1e308) },
  { weight: 2, arbitrary: fc.double() },
);

const count = fc.nat();
const ordinal = fc.integer({ min: 1 });
const shape = fc.array(count, { maxLength: 4 });
const position = fc.record({ line: ordinal, column: ordinal });
const at = fc.record({ file: anyText, hash: anyText, start: position, end: position });
const key = fc.oneof(anyText, fc.constantFrom('__proto__', 'constructor', 'toString', 'type'));

/** One arbitrary for each type of event; a forgotten type does not compile. */
const EVENTS: {
  readonly [Type in TraceEvent['type']]: fc.Arbitrary<Extract<TraceEvent, { type: Type }>>;
} = {
  'run-start': fc.record(
    {
      type: fc.constant('run-start'),
      file: anyText,
      hash: anyText,
      seed: fc.maxSafeInteger(),
      settings: fc.dictionary(key, fc.oneof(anyText, anyNumber, fc.boolean())),
      totalSteps: count,
    },
    { requiredKeys: ['type', 'file', 'hash', 'seed', 'settings'] },
  ),
  source: fc.record({ type: fc.constant('source'), file: anyText, hash: anyText, text: anyText }),
  layer: fc.record(
    {
      type: fc.constant('layer'),
      id: ordinal,
      kind: anyText,
      label: anyText,
      path: anyText,
      parameters: fc.array(fc.record({ name: anyText, shape }), { maxLength: 3 }),
      figure: fc.constantFrom('weight', 'output'),
      at,
    },
    { requiredKeys: ['type', 'id', 'kind', 'label', 'path', 'parameters', 'figure'] },
  ),
  step: fc.record(
    {
      type: fc.constant('step'),
      step: ordinal,
      loss: anyNumber,
      gradients: fc.dictionary(fc.oneof(ordinal.map(String), key), anyNumber),
      elapsedMs: anyNumber,
      live: fc.constant(true),
    },
    { requiredKeys: ['type', 'step', 'loss', 'gradients'] },
  ),
  gate: fc.record(
    {
      type: fc.constant('gate'),
      step: ordinal,
      id: count,
      op: anyText,
      inputs: fc.array(fc.record({ name: anyText, node: count, shape }, { requiredKeys: ['name', 'shape'] }), {
        maxLength: 3,
      }),
      shape,
      layer: ordinal,
      at,
    },
    { requiredKeys: ['type', 'step', 'id', 'op', 'inputs', 'shape'] },
  ),
  console: fc.record({
    type: fc.constant('console'),
    stream: fc.constantFrom('stdout', 'stderr'),
    text: anyText,
    step: count,
  }),
  diagnosis: fc.record(
    {
      type: fc.constant('diagnosis'),
      code: anyText,
      severity: fc.constantFrom('error', 'warning', 'info'),
      message: anyText,
      advice: fc.array(anyText, { maxLength: 3 }),
      layers: fc.array(ordinal, { maxLength: 3 }),
      step: ordinal,
      at,
    },
    { requiredKeys: ['type', 'code', 'severity', 'message', 'advice', 'layers'] },
  ),
  error: fc.record(
    {
      type: fc.constant('error'),
      phase: fc.constantFrom('syntax', 'import', 'throw', 'exit', 'killed'),
      name: anyText,
      message: anyText,
      step: ordinal,
      at,
      stack: fc.array(anyText, { maxLength: 3 }),
    },
    { requiredKeys: ['type', 'phase', 'name', 'message', 'step'] },
  ),
  'run-end': fc.record(
    {
      type: fc.constant('run-end'),
      reason: fc.constantFrom('done', 'step-budget', 'time-budget', 'memory-budget', 'error', 'stopped', 'crashed'),
      steps: count,
      elapsedMs: anyNumber,
    },
    { requiredKeys: ['type', 'reason', 'steps'] },
  ),
};

/** An event of any type, on its own. */
export const anyEvent: fc.Arbitrary<TraceEvent> = fc.oneof(...Object.values<fc.Arbitrary<TraceEvent>>(EVENTS));

const { 'run-start': anyStart, 'run-end': anyEnd, ...BODY } = EVENTS;

/** The events of a whole trace, in an order that a parser accepts. */
export const anyEvents: fc.Arbitrary<TraceEvent[]> = fc
  .tuple(anyStart, fc.array(fc.oneof(...Object.values<fc.Arbitrary<TraceEvent>>(BODY)), { maxLength: 12 }), anyEnd)
  .map(([start, body, end]) => {
    let step = 0;
    return [start, ...body.map((event) => (event.type === 'step' ? { ...event, step: ++step } : event)), end];
  });

/** The text of a trace. */
export function write(events: readonly TraceEvent[]): string {
  return stringifyHeader() + events.map(stringifyEvent).join('');
}
