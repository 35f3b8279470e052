import type { DiagnosisEvent, LayerEvent, StepEvent, TraceState } from '@backflow/trace';
import { diagnose } from '../diagnoses/diagnose.ts';
import { tellingStep } from '../diagnoses/telling-step.ts';
import { stepsOf } from '../nets/steps-of.ts';
import { type FlowSite, flowSites } from './flow-sites.ts';

/** What a run has to show in the learner's source. */
export interface Flow {
  readonly layers: readonly LayerEvent[];
  /** The steps up to the one whose flow it is. */
  readonly steps: readonly StepEvent[];
  readonly sites: readonly FlowSite[];
  /** What is to be said of the run; while it goes on, only what it told itself. */
  readonly diagnoses: readonly DiagnosisEvent[];
}

/**
 * The flow of a run: of its newest step while it goes on, and at its end of the step that tells most, with what there
 * is to say: what a terminal and an editor show alike.
 */
export function flowOf(state: TraceState, isOver: boolean): Flow {
  const layers = [...state.layers];
  const all = isOver ? [...state.steps] : stepsOf(state);
  const diagnoses = [...state.diagnoses, ...(isOver ? diagnose(layers, all, state.end?.reason) : [])];
  const shown = isOver ? tellingStep(all, diagnoses) : all.at(-1);
  const steps = shown ? all.slice(0, all.indexOf(shown) + 1) : [];
  return { layers, steps, sites: flowSites(layers, steps), diagnoses };
}
