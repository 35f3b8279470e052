import type { LayerEvent } from '@backflow/trace';

/** A layer as a learner finds it again: `Linear(2→5) "layers.0" (line 6)`. */
export function nameLayer({ label, path, at }: LayerEvent): string {
  return [label, path && `"${path}"`, at && `(line ${at.start.line})`].filter(Boolean).join(' ');
}

/** The field `at` of an event about this layer; nothing where the layer is not in the learner's files. */
export function placeAt({ at }: LayerEvent): Pick<LayerEvent, 'at'> {
  return at ? { at } : {};
}
