import { describe, expect, test } from 'vitest';
import { CriticalSection } from '../../src/child/critical-section.ts';

describe('what is asked for in the middle of a critical section', () => {
  test('waits for the end of the outermost one, even if it throws, and is done once', () => {
    const section = new CriticalSection();
    const told: string[] = [];
    const work = (): void =>
      section.run(() => {
        section.run(() => section.afterwards(() => told.push('asked')));
        told.push('outer');
        throw new Error('boom');
      });
    expect(work).toThrow('boom');
    section.run(() => told.push('next'));
    expect(told).toEqual(['outer', 'asked', 'next']);
  });

  test('is done at once outside of any', () => {
    const told: string[] = [];
    new CriticalSection().afterwards(() => told.push('asked'));
    expect(told).toEqual(['asked']);
  });
});
