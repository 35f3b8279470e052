import { EXIT_CODES } from './exit-codes.ts';

export const HELP: string = `backflow: see the gradient flow back through a training file

  backflow run FILE [options] [-- arguments for the file]
  backflow show FILE.trace [--no-color]

FILE is TypeScript or JavaScript (.ts, .mts, .js, .mjs) that trains a model with @backflow/nn. It runs as it
stands; @backflow/* need not be installed. Types are taken out, not checked: that is for your editor or tsc.
Beside each layer you see how much gradient reaches it.

options of run
  --steps N          end after N steps, each a call of optimizer.step()
  --time SECONDS     end after that time
  --memory MB        end when the process holds that much memory (default: half of the machine's, at most 4096)
  --seed N           seed of everything random, in place of the file's own (default: that, else 0)
  --set NAME=VALUE   what setting('NAME', …) answers in the file; may be repeated
  --json             print the trace as it comes, one JSON object a line, and nothing else
  --save FILE        save the trace, for backflow show
  --no-color         plain text, as with NO_COLOR set or where the output is no terminal

  --help, --version

exit codes
  ${EXIT_CODES.done}    the file ran to its end, or to the steps of --steps
  ${EXIT_CODES.failed}    it failed while it ran: it threw, called process.exit, crashed
  ${EXIT_CODES.notStarted}    nothing ran: wrong usage, no such file, a syntax error, a missing import before the first step
  ${EXIT_CODES.timeBudget}    the time of --time was up
  ${EXIT_CODES.memoryBudget}    the memory of --memory was used up
  ${EXIT_CODES.stopped}  stopped with Ctrl-C
`;
