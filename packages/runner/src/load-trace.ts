import { readFileSync } from 'node:fs';
import { parseTrace, type Trace, TraceError } from '@backflow/trace';
import { RunnerError } from './errors.ts';

/** Reads a saved trace. Throws `RunnerError` `no-such-file` or `unreadable-trace`, which says in which line. */
export function loadTrace(path: string): Trace {
  try {
    return parseTrace(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof TraceError) throw new RunnerError('unreadable-trace', `${path}: ${cause.message}`, { cause });
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new RunnerError('no-such-file', `There is no file ${path}.`, { cause });
    }
    throw new RunnerError('no-such-file', `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
