import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { StepEvent, TraceEvent } from '@backflow/trace';
import { describe, expect, test } from 'vitest';
import { loadTrace } from '../src/load-trace.ts';
import { TraceFile } from '../src/trace-file.ts';
import { trainingFolder } from './training-folder.ts';

const START: TraceEvent = { type: 'run-start', file: 'train.ts', hash: '', seed: 0, settings: {} };
const step = (step: number): StepEvent => ({ type: 'step', step, loss: 0.5, gradients: {} });

describe('a saved trace', () => {
  test('has all events but the live steps', () => {
    const path = `${trainingFolder({})}/out.trace`;
    const file = new TraceFile(path);
    for (const event of [START, step(1), { ...step(2), live: true as const }, step(3)]) file.add(event);
    file.keep();
    expect(loadTrace(path).events).toEqual([START, step(1), step(3)]);
  });

  test('takes the place of an older one when it is kept, and of none when it is discarded', () => {
    const folder = trainingFolder({});
    const path = `${folder}/out.trace`;
    writeFileSync(path, 'older');
    const file = new TraceFile(path);
    file.add(START);
    expect(readFileSync(path, 'utf8')).toBe('older');
    file.discard();
    file.discard();
    expect(readFileSync(path, 'utf8')).toBe('older');
    expect(readdirSync(folder)).toEqual(['out.trace']);
  });

  test('that cannot be read says why', () => {
    const folder = trainingFolder({ 'bad.trace': '{"backflow":"trace","version":1}\nnonsense\n' });
    expect(() => loadTrace(`${folder}/none.trace`)).toThrow(expect.objectContaining({ code: 'no-such-file' }));
    expect(() => loadTrace(`${folder}/bad.trace`)).toThrow(expect.objectContaining({ code: 'unreadable-trace' }));
  });
});
