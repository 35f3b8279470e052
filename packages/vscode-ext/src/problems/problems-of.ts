import { formatCount } from '@backflow/insight';
import type { DiagnosisEvent, ErrorEvent, SourceRange, TraceState } from '@backflow/trace';

/** Something to point at in the learner's source. */
export interface Problem {
  readonly at: SourceRange;
  readonly severity: DiagnosisEvent['severity'];
  /** Stable name: `vanishing`, `throw`. */
  readonly code: string;
  readonly message: string;
}

const FILE_START = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/**
 * What there is to point at after a run. An error without a place stands at the start of the training file; what is
 * said of the whole net has none.
 */
export function problemsOf({ run, error }: TraceState, diagnoses: readonly DiagnosisEvent[]): Problem[] {
  const told = diagnoses.flatMap(({ at, severity, code, message, advice }) =>
    at ? [{ at, severity, code, message: [message, ...advice.map((each) => `→ ${each}`)].join('\n') }] : [],
  );
  if (!error || !run) return told;
  const at = error.at ?? { file: run.file, hash: run.hash, ...FILE_START };
  return [{ at, severity: 'error', code: error.phase, message: writeError(error) }, ...told];
}

/** A file that cannot be read as a program was in no step. */
function writeError({ phase, name, message, step }: ErrorEvent): string {
  const when = phase === 'syntax' || phase === 'import' ? '' : ` in step ${formatCount(step)}`;
  return `${name}${when}: ${message}`;
}
