import type { DiagnosisEvent, StepEvent } from '@backflow/trace';

/**
 * The step whose flow shows best what the diagnoses speak of: that of the first warning about layers, else the newest.
 *
 * A net that stopped learning ends on a plateau, where all its gradients are small alike; what starved it is seen at
 * the step that the diagnosis names. A view that shows the flow of another step than its words contradicts itself.
 *
 * @param steps in order
 */
export function tellingStep(steps: readonly StepEvent[], diagnoses: readonly DiagnosisEvent[]): StepEvent | undefined {
  const told = diagnoses.find(({ severity, layers, step }) => severity !== 'info' && layers.length > 0 && step);
  return steps.find(({ step }) => step === told?.step) ?? steps.at(-1);
}
