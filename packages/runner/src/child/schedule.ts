/** Significant digits of the step numbers that have an event: all to 100, then 90 a decade, at any length of run. */
const DIGITS = 2;

/** Whether the trace has an event for this step. Depends on the number alone, so that two runs write the same trace. */
export function isScheduled(step: number): boolean {
  return step % 10 ** Math.max(0, String(step).length - DIGITS) === 0;
}
