import { createHash } from 'node:crypto';
import {
  addEvent,
  emptyState,
  type LayerEvent,
  type SourceRange,
  type TraceEvent,
  type TraceState,
} from '@backflow/trace';

export const TEXT = `import { Linear, Sigmoid } from '@backflow/nn';
const first = new Linear(2, 5);
const pair = [new Linear(5, 5), new Sigmoid(), new Linear(5, 1)];
train(first, pair);
`;

/** Where a piece of a text stands, the first time it does. */
export function rangeOf(text: string, piece: string, file = 'train.ts'): SourceRange {
  const hash = createHash('sha256').update(text).digest('hex');
  const before = text.slice(0, text.indexOf(piece)).split(/\r\n|[\n\r\u2028\u2029]/);
  const start = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return { file, hash, start, end: { line: start.line, column: start.column + piece.length } };
}

export function layer(id: number, label: string, at: SourceRange): LayerEvent {
  const [kind = ''] = label.split('(');
  const figure = kind === 'Linear' ? 'weight' : 'output';
  const parameters = figure === 'weight' ? [{ name: 'weight', shape: [5, 2] }] : [];
  return { type: 'layer', id, kind, label, path: `layers.${id - 1}`, parameters, figure, at };
}

export const LAYERS: readonly LayerEvent[] = [
  layer(1, 'Linear(2→5)', rangeOf(TEXT, 'new Linear(2, 5)')),
  layer(2, 'Linear(5→5)', rangeOf(TEXT, 'new Linear(5, 5)')),
  layer(3, 'Sigmoid', rangeOf(TEXT, 'new Sigmoid()')),
  layer(4, 'Linear(5→1)', rangeOf(TEXT, 'new Linear(5, 1)')),
];

/** The beginning of a run of `train.ts` with a text. */
export function begin(text: string = TEXT): TraceEvent[] {
  const { file, hash } = rangeOf(text, '');
  return [
    { type: 'run-start', file, hash, seed: 0, settings: {} },
    { type: 'source', file, hash, text },
  ];
}

/** A run of one step with a figure for each layer. */
export const EVENTS: readonly TraceEvent[] = [
  ...begin(),
  ...LAYERS,
  { type: 'step', step: 1, loss: 0.7, gradients: { 1: 2.5e-8, 2: 3e-2, 3: 0.5, 4: 0.1 } },
];

export function stateOf(events: readonly TraceEvent[]): TraceState {
  return events.reduce(addEvent, emptyState());
}

/** Says a sentence as it stands, with its values filled in. */
export function say(message: string, ...values: (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)]));
}
