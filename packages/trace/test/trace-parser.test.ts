import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { MAX_LINE_LENGTH, stringifyHeader, type TraceEvent, TraceParser } from '../src/index.ts';
import { anyEvents, write } from './arbitraries.ts';

/** A text with places to cut it at, any number of times, the same place twice included. */
const anyPieces = anyEvents.chain((events) => {
  const text = write(events);
  return fc
    .array(fc.nat({ max: text.length }), { maxLength: 20 })
    .map((cuts) => cuts.sort((a, b) => a - b))
    .map((cuts) => ({ events, pieces: [0, ...cuts].map((cut, i) => text.slice(cut, cuts[i] ?? text.length)) }));
});

describe('TraceParser', () => {
  test.prop([anyPieces])('a text cut anywhere gives the same events', ({ events, pieces }) => {
    const received: TraceEvent[] = [];
    const parser = new TraceParser((event) => received.push(event));
    for (const piece of pieces) parser.push(piece);
    expect(parser.end().complete).toBe(true);
    expect(received).toEqual(events);
  });

  test.prop([anyEvents])('an event arrives with its newline', (events) => {
    const received: TraceEvent[] = [];
    const parser = new TraceParser((event) => received.push(event));
    parser.push(stringifyHeader());
    for (const [i, line] of write(events).split('\n').slice(1, -1).entries()) {
      parser.push(line);
      expect(received).toHaveLength(i);
      parser.push('\n');
      expect(received).toHaveLength(i + 1);
    }
  });

  test.prop([anyEvents])('the events before a bad line are received', (events) => {
    const received: TraceEvent[] = [];
    const parser = new TraceParser((event) => received.push(event));
    expect(() => parser.push(`${write(events)}oops\n`)).toThrow(expect.objectContaining({ line: events.length + 2 }));
    expect(received).toEqual(events);
  });

  test('a line without end is refused as soon as it is too long', () => {
    const parser = new TraceParser(() => {});
    parser.push(stringifyHeader());
    const piece = ' '.repeat(MAX_LINE_LENGTH / 4);
    for (let i = 0; i < 4; i++) parser.push(piece);
    expect(() => parser.push(' ')).toThrow(expect.objectContaining({ code: 'line-too-long', line: 2 }));
  });

  test('a long line in single characters is read', () => {
    const received: TraceEvent[] = [];
    const parser = new TraceParser((event) => received.push(event));
    const settings = { text: 'x'.repeat(200_000) };
    for (const unit of write([{ type: 'run-start', file: 'train.ts', hash: '9f', seed: 0, settings }]))
      parser.push(unit);
    expect(received).toHaveLength(1);
  });
});
