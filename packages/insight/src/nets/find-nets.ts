import type { LayerEvent, StepEvent } from '@backflow/trace';
import { sortByTravel } from './travel-order.ts';

/** Layers that learn from one loss, and the steps that they took part in. Figures compare only within one. */
export interface Net {
  /** From the loss back. */
  readonly layers: readonly LayerEvent[];
  /** In the order they happened; empty for a layer that took part in none. */
  readonly steps: readonly StepEvent[];
}

/**
 * Tells the nets of a run apart: layers belong together if some step has a figure for both, directly or through
 * others. A file that trains a shallow and a deep model one after the other has two.
 */
export function findNets(layers: readonly LayerEvent[], steps: readonly StepEvent[]): Net[] {
  const leaders = new Map(layers.map(({ id }) => [id, id]));
  const leaderOf = (id: number): number => {
    let leader = id;
    for (let next = leaders.get(leader); next !== undefined && next !== leader; next = leaders.get(leader))
      leader = next;
    return leader;
  };
  const idsIn = new Map<string, number[]>();
  const memberOf = (step: StepEvent): number | undefined => {
    const keys = Object.keys(step.gradients);
    const company = keys.join();
    let ids = idsIn.get(company);
    if (ids === undefined) {
      ids = keys.map(Number).filter((id) => leaders.has(id));
      idsIn.set(company, ids);
      const [first] = ids;
      if (first !== undefined) for (const id of ids) leaders.set(leaderOf(id), leaderOf(first));
    }
    return ids[0];
  };
  for (const step of steps) memberOf(step);

  const nets = new Map<number, { layers: LayerEvent[]; steps: StepEvent[] }>();
  for (const layer of layers) {
    const leader = leaderOf(layer.id);
    const net = nets.get(leader) ?? { layers: [], steps: [] };
    nets.set(leader, net);
    net.layers.push(layer);
  }
  for (const step of steps) {
    const member = memberOf(step);
    if (member !== undefined) nets.get(leaderOf(member))?.steps.push(step);
  }
  return [...nets.values()].map((net) => ({ layers: sortByTravel(net.layers), steps: net.steps }));
}

/** The newest figure of every layer that has one, by layer id. */
export function latestFigures(steps: readonly StepEvent[]): Readonly<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const step of steps) Object.assign(figures, step.gradients);
  return figures;
}
