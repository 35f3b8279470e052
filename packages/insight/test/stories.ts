import type { LayerEvent, SourceEvent, SourceRange, StepEvent } from '@backflow/trace';

/** The file of the two stories, with the activation inside left open; nine hidden layers come from one expression. */
export function sourceOf(activation: string): SourceEvent {
  const text = `import { BCELoss, Linear, SGD, Sequential, Sigmoid } from '@backflow/nn';

const hidden = Array.from({ length: 9 }, (_, i) => [new Linear(i ? 5 : 2, 5), new ${activation}()]);
const last = new Linear(5, 1);
const model = new Sequential(...hidden.flat(), last, new Sigmoid());
`;
  return { type: 'source', file: 'train.ts', hash: 'b5', text };
}

/** Where a piece of the source stands, the last time it does. */
export function findRange({ text, file, hash }: SourceEvent, piece: string, before = text.length): SourceRange {
  const lines = text.slice(0, text.lastIndexOf(piece, before)).split('\n');
  const start = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  return { file, hash, start, end: { line: start.line, column: start.column + piece.length } };
}

/** The 20 layers of 2→5×9→1, two for each Linear: itself and its activation. */
export function layersOf(activation: string): LayerEvent[] {
  const source = sourceOf(activation);
  return Array.from({ length: 10 }, (_, i): LayerEvent[] => {
    const isLast = i === 9;
    const kind = isLast ? 'Sigmoid' : activation;
    const linear = isLast ? 'new Linear(5, 1)' : 'new Linear(i ? 5 : 2, 5)';
    return [
      {
        type: 'layer',
        id: 2 * i + 1,
        kind: 'Linear',
        label: `Linear(${i ? 5 : 2}→${isLast ? 1 : 5})`,
        path: `layers.${2 * i}`,
        parameters: [],
        figure: 'weight',
        at: findRange(source, linear),
      },
      {
        type: 'layer',
        id: 2 * i + 2,
        kind,
        label: kind,
        path: `layers.${2 * i + 1}`,
        parameters: [],
        figure: 'output',
        at: isLast
          ? findRange(source, 'new Sigmoid()')
          : findRange(source, `new ${activation}()`, source.text.indexOf('const last')),
      },
    ];
  }).flat();
}

/** A step of such a net from its figures, written the way the gradient travels: from the loss back. */
export function stepOf(step: number, loss: number, weights: readonly number[], outputs: readonly number[]): StepEvent {
  const gradients: Record<string, number> = {};
  for (const [i, weight] of weights.toReversed().entries()) gradients[2 * i + 1] = weight;
  for (const [i, output] of outputs.toReversed().entries()) gradients[2 * i + 2] = output;
  return { type: 'step', step, loss, gradients };
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);

/** Nine hidden sigmoids: the gradient vanishes, and the loss stops at ln 2. Figures of a real run. */
export const STARVED: readonly StepEvent[] = [
  stepOf(
    1,
    0.7227,
    [1.2e-1, 3.5e-2, 2.0e-2, 7.1e-3, 1.5e-3, 2.1e-4, 7.2e-5, 1.9e-5, 8.2e-6, 1.4e-6],
    [1.1, 3.1e-1, 1.6e-1, 5.5e-2, 1.3e-2, 1.9e-3, 6.0e-4, 2.0e-4, 5.9e-5, 1.7e-5],
  ),
  ...[16, 512, 1024, 2000].map((step) =>
    stepOf(
      step,
      Math.LN2,
      [9.2e-8, 1.1e-7, 1.7e-7, 2.3e-7, 1.7e-7, 1.1e-7, 2.2e-7, 1.8e-7, 2.6e-7, 3.3e-7],
      [1.0, 2.8e-1, 1.5e-1, 5.3e-2, 1.3e-2, 1.8e-3, 5.8e-4, 1.9e-4, 5.7e-5, 1.7e-5],
    ),
  ),
];

/** The same net with ReLU inside, from a good start. */
export const LEARNED: readonly StepEvent[] = [
  stepOf(
    1,
    0.7038,
    [1.2e-2, 6.0e-2, 1.0e-1, 1.4e-2, 1.5e-2, 1.0e-2, 1.0e-2, 1.1e-2, 2.2e-2, 2.0e-2],
    [1.0, 3.0e-1, 2.3e-1, 2.5e-1, 2.1e-2, 2.5e-2, 2.1e-2, 3.6e-2, 2.9e-2, 2.4e-2],
  ),
  stepOf(
    2000,
    0.0011,
    [1.9e-3, 6.7e-4, 3.8e-4, 3.1e-5, 3.1e-5, 1.4e-5, 1.3e-4, 1.2e-4, 1.4e-4, 1.3e-4],
    [5.0e-1, 3.2e-3, 2.4e-3, 8.3e-4, 1.2e-4, 2.1e-4, 3.2e-4, 7.0e-4, 5.3e-4, 3.6e-4],
  ),
];

/** ReLU inside, and the eighth ReLU dies on the way. */
export const DIED: readonly StepEvent[] = [
  stepOf(
    1,
    0.6986,
    [3.5e-2, 7.7e-3, 4.5e-3, 5.1e-3, 1.4e-2, 4.4e-3, 4.5e-3, 8.8e-3, 1.6e-2, 4.2e-2],
    [1.0, 2.8e-1, 4.5e-2, 6.3e-2, 6.2e-2, 7.7e-2, 3.0e-2, 5.4e-2, 6.3e-2, 5.5e-2],
  ),
  ...[512, 1024, 2000].map((step) => stepOf(step, Math.LN2, zeros(10), [1.0, 3.3e-1, 1.4e-1, ...zeros(7)])),
];

/** ReLU inside, dead in the first layers only: one row of XOR is told apart, the others are not. */
export const HALF_DEAD: readonly StepEvent[] = [256, 1024, 2000].map((step) =>
  stepOf(
    step,
    0.4774,
    [1.4e-4, 1.8e-4, 1.8e-4, 1.8e-4, 1.3e-4, 3.5e-5, 1.8e-5, 0, 0, 0],
    [9.5e-1, 3.9e-1, 7.5e-5, 1.1e-4, 1.5e-4, 1.4e-4, 1.1e-4, 1.3e-4, 7.1e-5, 0],
  ),
);
