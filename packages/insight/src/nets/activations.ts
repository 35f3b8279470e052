import type { LayerEvent } from '@backflow/trace';

/** What is known of an activation's slope, and what to try where it starves the layers before it. */
export interface Activation {
  /** Largest size of the slope: no more than this share of a gradient gets through one gate. */
  readonly maxSlope: number;
  /** The slope is exactly 0 over a whole half line: a unit there passes nothing on. */
  readonly canSwitchOff: boolean;
  /** What it does to a gradient, after the words `each of which`. */
  readonly says: string;
  /** Against vanishing, most promising first. */
  readonly advice: readonly string[];
}

const XAVIER =
  'Initialise the weights with `init.xavierUniform_` (Glorot & Bengio 2010), made for tanh; ReLU helps more.';
const HE =
  'Initialise the weights with `init.kaimingUniform_` (He et al. 2015), made for ReLU: gradients keep their size.';

/**
 * The only place that knows a layer's kind. A kind that is not here is spoken of without a cause.
 * Slopes: σ′ = σ(1 − σ) ≤ 1/4, tanh′ = 1 − tanh² ≤ 1, relu′ is 0 or 1, leaky relu′ is its small slope or 1.
 */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  Sigmoid: {
    maxSlope: 1 / 4,
    canSwitchOff: false,
    says: 'passes on at most a quarter of the gradient (σ′ ≤ 1/4)',
    advice: [
      'Put `new ReLU()` where `new Sigmoid()` stands between layers; keep a sigmoid only at the output.',
      'Use fewer layers.',
    ],
  },
  Tanh: {
    maxSlope: 1,
    canSwitchOff: false,
    says: 'passes on less than it gets wherever its input is not 0 (tanh′ = 1 − tanh²)',
    advice: ['Put `new ReLU()` where `new Tanh()` stands between layers.', XAVIER, 'Use fewer layers.'],
  },
  ReLU: {
    maxSlope: 1,
    canSwitchOff: true,
    says: 'passes on all of the gradient where its input is above 0 and none elsewhere',
    advice: [HE, 'Make the layers wider, so that some units are on for every row.', 'Try `new LeakyReLU()`.'],
  },
  LeakyReLU: {
    maxSlope: 1,
    canSwitchOff: false,
    says: 'passes on all of the gradient where its input is above 0 and a small share elsewhere',
    advice: [HE, 'Make the layers wider.'],
  },
};

/** Facts about a layer, if it is an activation that we know. */
export function activationOf({ kind }: LayerEvent): Activation | undefined {
  return Object.hasOwn(ACTIVATIONS, kind) ? ACTIVATIONS[kind] : undefined;
}
