import type { DiagnosisEvent, ErrorEvent, RunEndEvent, StepEvent } from '@backflow/trace';
import { formatCount, formatDuration, formatLoss } from '../numbers/format.ts';
import type { Line, Segment } from './line.ts';
import { showText, wrapText } from './text-width.ts';

/** All that a run leaves to be told. */
export interface Closing {
  readonly steps: readonly StepEvent[];
  readonly diagnoses: readonly DiagnosisEvent[];
  /** Absent: the trace was cut off. */
  readonly end?: RunEndEvent | undefined;
  readonly error?: ErrorEvent | undefined;
  /** Columns to wrap at. Default 100. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 100;
const INDENT = '  ';

const ENDINGS: Readonly<Record<RunEndEvent['reason'], string>> = {
  done: 'Done',
  'step-budget': 'Ended at the step budget',
  'time-budget': 'Ended at the time budget',
  'memory-budget': 'Ended: out of memory',
  error: 'Failed',
  stopped: 'Stopped',
  crashed: 'Crashed',
};

/** The words at the end of a run: how it ended, what went wrong, what happened to the gradient, what to try. */
export function closingLines({ steps, diagnoses, end, error, width = DEFAULT_WIDTH }: Closing): Line[] {
  const ending: Segment = { text: writeEnding(steps, end), role: end?.reason === 'done' ? 'text' : 'warning' };
  return [
    { segments: [ending] },
    ...(error ? paragraph(writeError(error), 'error', width) : []),
    ...diagnoses.flatMap(({ message, severity, advice }) => [
      { segments: [] },
      ...paragraph(message, severity, width),
      ...advice.flatMap((each) => bullet(each, width)),
    ]),
  ];
}

function writeEnding(steps: readonly StepEvent[], end: RunEndEvent | undefined): string {
  const [first, last] = [steps[0], steps.at(-1)];
  const count = end?.steps ?? last?.step ?? 0;
  const elapsed = end?.elapsedMs ?? last?.elapsedMs;
  const time = elapsed === undefined ? '' : ` in ${formatDuration(elapsed)}`;
  const loss = first && last ? ` · loss ${formatLoss(first.loss)} → ${formatLoss(last.loss)}` : '';
  return `${end ? ENDINGS[end.reason] : 'Cut off'}: ${formatCount(count)} ${count === 1 ? 'step' : 'steps'}${time}${loss}`;
}

/**
 * `Error in step 731 at train.ts:12:27: boom`. A file that cannot be read as a program was in no step: place and
 * message say all. What ended it from outside is said by its message alone.
 */
function writeError({ phase, name, message, step, at }: ErrorEvent): string {
  if (phase === 'killed') return message;
  const where = at && `${at.file}:${at.start.line}:${at.start.column}`;
  if (phase === 'syntax' || phase === 'import') return where ? `${where}: ${message}` : message;
  return `${name} in step ${formatCount(step)}${where ? ` at ${where}` : ''}: ${message}`;
}

function paragraph(text: string, role: Segment['role'], width: number): Line[] {
  return text
    .split('\n')
    .flatMap((each) => wrapText(showText(each), width).map((line) => ({ segments: [{ text: line, role }] })));
}

function bullet(text: string, width: number): Line[] {
  return wrapText(showText(text), width - INDENT.length - 2).map((line, index) => ({
    segments: [
      { text: `${INDENT}${index === 0 ? '→ ' : '  '}`, role: 'dim' },
      { text: line, role: 'text' },
    ],
  }));
}
