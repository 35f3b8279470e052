import { StringDecoder } from 'node:string_decoder';
import type { ConsoleEvent } from '@backflow/trace';

/** Longest text of one event, in UTF-16 code units: a line of the trace stays short enough for any reader. */
const MAX_TEXT_LENGTH = 64 * 1024;

/** Turns all that is written to `process.stdout` and `process.stderr` into texts for the trace, in order with the steps. */
export function captureConsole(receive: (stream: ConsoleEvent['stream'], text: string) => void): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder('utf8');
    process[stream].write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      const text =
        typeof chunk === 'string' ? decodeString(chunk, encoding) : decoder.write(Buffer.from(chunk as Uint8Array));
      for (let start = 0; start < text.length; start += MAX_TEXT_LENGTH) {
        receive(stream, text.slice(start, start + MAX_TEXT_LENGTH));
      }
      const done = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') process.nextTick(done as () => void);
      return true;
    };
  }
}

function decodeString(chunk: string, encoding: unknown): string {
  const isPlain = typeof encoding !== 'string' || encoding === 'utf8' || encoding === 'utf-8';
  return isPlain ? chunk : Buffer.from(chunk, encoding as BufferEncoding).toString('utf8');
}
