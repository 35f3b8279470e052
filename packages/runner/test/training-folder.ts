import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ErrorEvent, LayerEvent, RunEndEvent, SourceRange, StepEvent, TraceEvent } from '@backflow/trace';
import { afterAll } from 'vitest';
import { type Run, type RunOptions, run } from '../src/run.ts';

const packages = new URL('../../', import.meta.url);
for (const name of ['runner', 'trace', 'insight', 'autograd', 'nn', 'datasets']) {
  if (existsSync(new URL(`${name}/dist/index.js`, packages))) continue;
  throw new Error(`packages/${name} is not built, and these tests run real child processes: npm run build`);
}

/** The first lines of a training file with `step()`, which does one real step of a net with one layer. */
export const STEP = `import { tensor } from '@backflow/autograd';
import { Linear, SGD } from '@backflow/nn';
const net = new Linear(2, 1);
const optimizer = new SGD(net.parameters(), { lr: 0.1 });
function step() { optimizer.zeroGrad(); net.forward(tensor([[1, 2]])).sum().backward(); optimizer.step(); }
`;
/** Lines of `STEP`. */
export const STEP_LINES = 5;

const folders: string[] = [];
const runs: Run[] = [];
afterAll(() => {
  for (const running of runs) running.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own, with no package.json above it, that goes when the tests have finished. */
export function trainingFolder(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'backflow test ')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** What came of a run. */
export interface Outcome {
  readonly events: readonly TraceEvent[];
  readonly steps: readonly StepEvent[];
  readonly layers: readonly LayerEvent[];
  readonly error: ErrorEvent | undefined;
  readonly end: RunEndEvent;
  /** All that was printed, both streams in the order of the trace. */
  readonly output: string;
}

/** Runs the first of some files, in a real child process. */
export async function runFiles(
  files: Readonly<Record<string, string>>,
  { watch, ...options }: RunOptions & { watch?: (event: TraceEvent, run: Run) => void } = {},
): Promise<Outcome> {
  const [name = ''] = Object.keys(files);
  const events: TraceEvent[] = [];
  const running = run(join(trainingFolder(files), name), {
    ...options,
    onEvent: (event) => {
      events.push(event);
      watch?.(event, running);
    },
  });
  runs.push(running);
  const end = await running.done;
  return {
    events,
    steps: events.filter((event) => event.type === 'step'),
    layers: events.filter((event) => event.type === 'layer'),
    error: events.find((event) => event.type === 'error'),
    end,
    output: events.map((event) => (event.type === 'console' ? event.text : '')).join(''),
  };
}

/** The text of a range, out of the sources that the trace itself carries. */
export function textAt(events: readonly TraceEvent[], at: SourceRange | undefined): string | undefined {
  if (!at) return undefined;
  const source = events.find((event) => event.type === 'source' && event.file === at.file && event.hash === at.hash);
  if (source?.type !== 'source') throw new Error(`no source event for ${at.file}`);
  const lines = source.text.split('\n').slice(at.start.line - 1, at.end.line);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, at.end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(at.start.column - 1) ?? '';
  return lines.join('\n');
}
