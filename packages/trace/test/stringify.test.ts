import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { MAX_LINE_LENGTH, parseTrace, stringifyEvent, stringifyHeader, type TraceEvent } from '../src/index.ts';
import { anyEvent, anyEvents, write } from './arbitraries.ts';

const RUN_START = { type: 'run-start', file: 'train.ts', hash: '9f', seed: 0, settings: {} } as const;
const STEP = { type: 'step', step: 1, loss: 0.5, gradients: {} } as const;

describe('stringifyEvent', () => {
  test.prop([anyEvents])('what was written is read back, to the last bit and code unit', (events) => {
    expect(parseTrace(write(events))).toEqual({ header: { backflow: 'trace', version: 1 }, events, complete: true });
  });

  test.prop([anyEvent])('an event is one line to every reader of lines', (event) => {
    expect(stringifyEvent(event)).toMatch(/^[^\n\r\u0085\u2028\u2029]+\n$/);
  });

  test.prop([anyEvent])('writing leaves the event as it was', (event) => {
    const before = structuredClone(event);
    stringifyEvent(event);
    expect(event).toEqual(before);
  });

  test('a field that is undefined is a field that is absent', () => {
    const event = { ...STEP, elapsedMs: undefined, later: undefined };
    expect(stringifyEvent(event as unknown as TraceEvent)).toBe(stringifyEvent(STEP));
  });

  test('numbers that JSON lacks are strings', () => {
    const gradients = { 1: Number.POSITIVE_INFINITY, 2: Number.NEGATIVE_INFINITY, 3: -0, 4: 0 };
    const line = stringifyEvent({ ...STEP, loss: Number.NaN, gradients });
    expect(JSON.parse(line)).toEqual({
      type: 'step',
      step: 1,
      loss: 'NaN',
      gradients: { 1: 'Infinity', 2: '-Infinity', 3: '-0', 4: 0 },
    });
  });

  test('where text may stand too, a number that JSON lacks is an object, and the text "NaN" stays text', () => {
    const line = stringifyEvent({ ...RUN_START, settings: { text: 'NaN', number: Number.NaN, rate: 0.1, on: true } });
    expect(JSON.parse(line).settings).toEqual({ text: 'NaN', number: { number: 'NaN' }, rate: 0.1, on: true });
  });

  test.each([
    ['an unknown type', { type: 'weather' }, 'wrong-field', 'type'],
    ['a missing field', { type: 'step', step: 1, gradients: {} }, 'missing-field', 'step.loss'],
    ['text for a number', { ...STEP, loss: '0.5' }, 'wrong-field', 'step.loss'],
    ['a step 0', { ...STEP, step: 0 }, 'wrong-field', 'step.step'],
    ['half a step', { ...STEP, step: 1.5 }, 'wrong-field', 'step.step'],
    ['a list as a setting', { ...RUN_START, settings: { lr: [] } }, 'wrong-field', 'run-start.settings.lr'],
    ['NaN in a field of its own', { ...STEP, later: [Number.NaN] }, 'wrong-field', 'step.later'],
    ['a function in a field of its own', { ...STEP, callback: () => 0 }, 'wrong-field', 'step.callback'],
  ])('%s is refused before it is written', (_, event, code, field) => {
    expect(() => stringifyEvent(event as unknown as TraceEvent)).toThrow(
      expect.objectContaining({ code, field, line: undefined }),
    );
  });

  test('a line may be as long as a reader takes, and no longer', () => {
    const console = (length: number) =>
      ({ type: 'console', stream: 'stdout', text: 'x'.repeat(length), step: 0 }) as const;
    const room = MAX_LINE_LENGTH - stringifyEvent(console(0)).length + '\n'.length;
    expect(parseTrace(write([RUN_START, console(room)])).events).toHaveLength(2);
    expect(() => stringifyEvent(console(room + 1))).toThrow(expect.objectContaining({ code: 'line-too-long' }));
  });
});

test('stringifyHeader gives the first line', () => {
  expect(stringifyHeader()).toBe('{"backflow":"trace","version":1}\n');
});
