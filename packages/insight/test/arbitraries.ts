import type { LayerEvent, StepEvent } from '@backflow/trace';
import { fc } from '@fast-check/vitest';

/** Norms as training gives them, over many orders of magnitude, and now and then an exact 0. */
export const ordinaryFigure: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: 10, max: 99 }), fc.integer({ min: -13, max: 4 }))
      .map(([m, e]) => m * 10 ** e),
  },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** Any norm, broken ones too. */
export const anyFigure: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: ordinaryFigure },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 5e-324, 1.7e308, 9.99e-4, 9.95e-4, 1e-3) },
  { weight: 1, arbitrary: fc.double({ min: 0, noNaN: true }) },
);

const KINDS = ['Linear', 'Sigmoid', 'Tanh', 'ReLU', 'LeakyReLU', 'Dropout', 'constructor'];

/** Layers of one file, some sharing an expression, some without a place; several may stand on one line. */
export const anyLayers: fc.Arbitrary<LayerEvent[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      place: fc.option(fc.record({ line: fc.integer({ min: 1, max: 4 }), column: fc.integer({ min: 1, max: 40 }) })),
      hasPath: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(
      ({ kind, place, hasPath }, index): LayerEvent => ({
        type: 'layer',
        id: index + 1,
        kind,
        label: kind,
        path: hasPath ? `layers.${index}` : '',
        parameters: [],
        figure: kind === 'Linear' ? 'weight' : 'output',
        ...(place && {
          at: { file: 'train.ts', hash: 'b5', start: place, end: { ...place, column: place.column + 9 } },
        }),
      }),
    ),
  );

/** Layers with the steps of their training; a layer may miss a step. */
export function anyRun(figure: fc.Arbitrary<number>): fc.Arbitrary<{ layers: LayerEvent[]; steps: StepEvent[] }> {
  return anyLayers.chain((layers) =>
    fc.record({
      layers: fc.constant(layers),
      steps: fc
        .array(
          fc.record({
            gap: fc.integer({ min: 1, max: 500 }),
            loss: figure,
            figures: fc.array(fc.option(figure, { freq: 8 }), { minLength: layers.length, maxLength: layers.length }),
          }),
          { maxLength: 6 },
        )
        .map((drafts) => {
          let step = 0;
          return drafts.map(({ gap, loss, figures }, index): StepEvent => {
            step += index === 0 ? 1 : gap;
            const known = figures.flatMap((each, i) => (each === null ? [] : [[String(i + 1), each] as const]));
            return { type: 'step', step, loss, gradients: Object.fromEntries(known) };
          });
        }),
    }),
  );
}
