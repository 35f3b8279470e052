import { fc, test } from '@fast-check/vitest';
import { describe, expect, vi } from 'vitest';
import { EventQueue } from '../src/event-queue.ts';

describe('a queue of events', () => {
  test.prop([fc.array(fc.boolean())])(
    'gives each item once, in order, whether reader or writer is ahead',
    async (turns) => {
      const queue = new EventQueue<number>(
        () => {},
        () => {},
      );
      const read: Promise<IteratorResult<number, undefined>>[] = [];
      let written = 0;
      for (const isWrite of turns) {
        if (isWrite) queue.push(written++);
        else read.push(queue.next());
      }
      queue.close();
      const values = (await Promise.all(read)).flatMap(({ value }) => (value === undefined ? [] : [value]));
      for await (const value of queue) values.push(value);
      expect(values).toEqual(Array.from({ length: written }, (_, index) => index));
    },
  );

  test('says when it is empty again and when its loop was left', async () => {
    const [drained, left] = [vi.fn(), vi.fn()];
    const queue = new EventQueue<number>(drained, left);
    queue.push(1);
    queue.push(2);
    for await (const value of queue) {
      if (value === 1) expect(drained).not.toHaveBeenCalled();
      else break;
    }
    expect(drained).toHaveBeenCalled();
    expect(left).toHaveBeenCalledOnce();
    expect(await queue.next()).toEqual({ value: undefined, done: true });
  });
});
