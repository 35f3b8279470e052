import type { DiagnosisEvent, LayerEvent, RunEndEvent, StepEvent } from '@backflow/trace';
import { findNets } from '../nets/find-nets.ts';
import { describeCourse } from './course.ts';
import { diagnoseDead } from './dead.ts';
import { diagnoseDiverging } from './diverging.ts';
import { diagnoseExploding } from './exploding.ts';
import { diagnoseMinimum } from './minimum.ts';
import { diagnoseNonFinite } from './non-finite.ts';
import { diagnosePlateau } from './plateau.ts';
import { diagnoseVanishing } from './vanishing.ts';

/**
 * What happened in a run, in words, for each of its nets in the order they were made; the gravest first, causes
 * before their effects. Codes: `non-finite`, `diverging`, `minimum`, `dead`, `vanishing`, `exploding`, `plateau`; if
 * none of these, `healthy` (the loss is down to half or less) or `course`.
 *
 * A trace holds norms, not units or weights: a message states what was measured and what is known of the
 * activations that stand between, never more.
 *
 * @param steps in order, from the start of the run
 * @param reason why the run ended: more steps are advised only for one that ended by itself
 */
export function diagnose(
  layers: readonly LayerEvent[],
  steps: readonly StepEvent[],
  reason?: RunEndEvent['reason'],
): DiagnosisEvent[] {
  const hasEndedByItself = reason === 'done' || reason === 'step-budget';
  return findNets(layers, steps).flatMap((net) => {
    const broken = diagnoseNonFinite(net) ?? diagnoseDiverging(net);
    // What follows a NaN, or weights thrown far off, says nothing of its own.
    if (broken) return [broken];
    const minimum = diagnoseMinimum(net);
    if (minimum) return [minimum];
    const dead = diagnoseDead(net);
    // Behind a gate that passes nothing on, what little arrived before is no news.
    const vanishing = dead ? undefined : diagnoseVanishing(net);
    const flow = [dead, vanishing, diagnoseExploding(net)].filter(isFound);
    const found = [...flow, diagnosePlateau(net, flow.length > 0)].filter(isFound);
    return found.length > 0 ? found : [describeCourse(net, hasEndedByItself)].filter(isFound);
  });
}

function isFound<T>(found: T | undefined): found is T {
  return found !== undefined;
}
