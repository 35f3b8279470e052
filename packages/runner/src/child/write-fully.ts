import { writeSync } from 'node:fs';

/** How long to wait for a full pipe that does not block: a reader that is behind needs about this long. */
const RETRY_MS = 1;

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of a text before it returns: a synchronous training loop never yields, and a pipe that is full must
 * slow it down instead of filling its memory.
 *
 * Throws as `fs.writeSync` does, `EPIPE` where nobody reads any more.
 */
export function writeFully(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, RETRY_MS);
    }
  }
}
