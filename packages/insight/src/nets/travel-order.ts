import type { LayerEvent } from '@backflow/trace';

/**
 * Sorts layers the way the gradient meets them: from the loss back to the input.
 *
 * The path says it where it can: `layers.10` comes after `layers.9`, and a container after what it contains, for
 * its output is theirs. Names say nothing about order, so named members count in the order they were made. The
 * order of construction alone would mislead: in `new Sequential(first, new Sigmoid(), last)` the sigmoid is made
 * last. It decides where paths are missing or not unique, as with two models trained together.
 */
export function sortByTravel(layers: readonly LayerEvent[]): LayerEvent[] {
  const paths = new Set(layers.map((layer) => layer.path));
  if (paths.size < layers.length) return [...layers].sort((a, b) => b.id - a.id);
  const firstMade = findFirstMade(layers);
  return [...layers].sort((a, b) => comparePaths(b, a, firstMade));
}

/** For each path and each beginning of a path: the smallest id at or under it. */
function findFirstMade(layers: readonly LayerEvent[]): Map<string, number> {
  const firstMade = new Map<string, number>();
  for (const { id, path } of layers) {
    const parts = path.split('.');
    for (let length = 1; length <= parts.length; length++) {
      const prefix = parts.slice(0, length).join('.');
      firstMade.set(prefix, Math.min(id, firstMade.get(prefix) ?? id));
    }
  }
  return firstMade;
}

/** Negative if the input meets `a` before `b`. */
function comparePaths(a: LayerEvent, b: LayerEvent, firstMade: ReadonlyMap<string, number>): number {
  const [one, two] = [a, b].map(({ path }) => (path === '' ? [] : path.split('.'))) as [string[], string[]];
  let same = 0;
  while (same < one.length && same < two.length && one[same] === two[same]) same++;
  if (same === one.length || same === two.length) return two.length - one.length;
  const indices = [Number(one[same]), Number(two[same])] as const;
  if (indices.every(Number.isInteger)) return indices[0] - indices[1];
  const made = [one, two].map((parts) => firstMade.get(parts.slice(0, same + 1).join('.')) ?? 0) as [number, number];
  return made[0] - made[1];
}
