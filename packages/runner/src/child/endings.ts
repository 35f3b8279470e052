import type { DiagnosisEvent, ErrorEvent, SourceRange } from '@backflow/trace';
import type { InterruptReason, RunningFrame } from './child-options.ts';
import type { LearnerFiles } from './learner-files.ts';
import type { Seen } from './recorder.ts';

/** `process.exit` with a code other than 0. */
export function describeExit(code: number, steps: number, at: SourceRange | undefined): DiagnosisEvent | ErrorEvent {
  const where = steps === 0 ? 'before the first step' : `after step ${steps}`;
  const message = `The file ended itself ${where}: process.exit(${code}).`;
  const place = at && { at };
  return code === 0
    ? { type: 'diagnosis', code: 'exited', severity: 'info', message, advice: [], layers: [], ...place }
    : { type: 'error', phase: 'exit', name: 'process.exit', message, step: steps + 1, ...place };
}

/** What the watchdog found: the line that was running when the run was ended from outside. */
export function describeInterrupt(
  files: LearnerFiles,
  reason: InterruptReason,
  frames: readonly RunningFrame[],
  steps: number,
): DiagnosisEvent | ErrorEvent {
  const top = frames.find(({ url }) => files.find(url));
  const at = top && files.rangeOfLine(top.url, top.line);
  const running = at
    ? `${at.file}, line ${at.start.line}, was running`
    : 'no line was running: it waited, or the engine was busy';
  const place = at && { at };
  if (reason === 'stopped') {
    const message = `When it was stopped, ${running}.`;
    return { type: 'diagnosis', code: 'stopped', severity: 'info', message, advice: [], layers: [], ...place };
  }
  const budget = reason === 'time-budget' ? 'The time is up' : 'The memory budget is used up';
  return { type: 'error', phase: 'killed', name: reason, message: `${budget}: ${running}.`, step: steps + 1, ...place };
}

/** What a file that trained nothing lacks. */
export function describeNoStep({ optimizers, backwards, emptySteps }: Seen): DiagnosisEvent {
  const about = { type: 'diagnosis', code: 'no-steps', severity: 'warning', layers: [] } as const;
  if (emptySteps > 0) {
    const times = emptySteps === 1 ? 'once' : `${emptySteps.toLocaleString('en-US')} times`;
    return {
      ...about,
      message: `optimizer.step() ran ${times}, but backward() never: no layer got a gradient.`,
      advice: ['Call loss.backward() before optimizer.step().'],
    };
  }
  const hasAll = optimizers > 0 && backwards > 0;
  const advice = hasAll
    ? 'Call optimizer.step() after loss.backward().'
    : 'Compute a loss and call loss.backward(), then optimizer.step().';
  return {
    ...about,
    message: hasAll
      ? `No step was finished: backward() ran (${backwards}×), but optimizer.step() was never called.`
      : 'The file ran to its end without a training step, so there is no gradient to show.',
    advice: [advice],
  };
}

/** Settings that were given and that the file never asked for; undefined if there are none. */
export function describeUnusedSettings(given: readonly string[], asked: readonly string[]): DiagnosisEvent | undefined {
  const unused = given.filter((name) => !asked.includes(name));
  if (unused.length === 0) return undefined;
  const [what, them] = unused.length === 1 ? ['setting', 'it'] : ['settings', 'them'];
  return {
    type: 'diagnosis',
    code: 'unused-setting',
    severity: 'warning',
    message:
      `Nothing came of the ${what} ${unused.join(', ')}: the file never asked for ${them}. ` +
      `It asked for ${asked.join(', ') || 'none'}.`,
    advice: asked.length === 0 ? [`Ask for it in the file: setting('${unused[0]}', …).`] : [],
    layers: [],
  };
}

/** The file stands at an `await` of its top level whose promise nothing will settle any more. */
export function describeUnsettled(steps: number): ErrorEvent {
  const message = 'It waits at its top level (await) for a promise that nothing will settle any more.';
  return { type: 'error', phase: 'throw', name: 'Error', code: 'unsettled-await', message, step: steps + 1 };
}
