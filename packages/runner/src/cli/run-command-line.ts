import { readFileSync } from 'node:fs';
import { RunnerError } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { HELP } from './help.ts';
import { readArguments } from './read-arguments.ts';
import { runFile } from './run-file.ts';
import { showTrace } from './show-trace.ts';

/** Does what a command line asks for, on this process's own streams, and gives the exit code. */
export async function runCommandLine(line: readonly string[]): Promise<number> {
  endQuietlyWithReader();
  try {
    const command = readArguments(line);
    switch (command.name) {
      case 'help':
        process.stdout.write(HELP);
        return EXIT_CODES.done;
      case 'version':
        process.stdout.write(`${readVersion()}\n`);
        return EXIT_CODES.done;
      case 'show':
        return showTrace(command);
      case 'run':
        return await runFile(command);
    }
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error;
    process.stderr.write(`backflow: ${error.message}\n`);
    return EXIT_CODES.notStarted;
  }
}

/** `backflow … | head`: whoever reads has seen enough. The run ends with this process. */
function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(EXIT_CODES.done);
    });
  }
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
