import { defaultGenerator, type Generator, nameGiven, showShape, type Tensor } from '@backflow/autograd';
import { ArgumentError } from './errors.ts';

/*
 * Initialisers: each overwrites a tensor in place, outside the tape, and returns it. Random ones draw the elements in
 * order from `generator`, by default the global one, which `manualSeed` sets.
 */

/** Numbers drawn evenly from [a, b). */
export function uniform_(tensor: Tensor, a = 0, b = 1, generator: Generator = defaultGenerator()): Tensor {
  checkNumbers('init.uniform_', { a, b });
  return fill(tensor, 'init.uniform_', () => generator.uniform(a, b));
}

/** Numbers drawn from the normal distribution. */
export function normal_(tensor: Tensor, mean = 0, std = 1, generator: Generator = defaultGenerator()): Tensor {
  checkNumbers('init.normal_', { mean, std });
  return fill(tensor, 'init.normal_', () => generator.normal(mean, std));
}

/** One number throughout. */
export function constant_(tensor: Tensor, x: number): Tensor {
  // NaN is a number here: who plants one in a weight wants to see where it goes.
  if (typeof x !== 'number') checkNumbers('init.constant_', { x });
  return fill(tensor, 'init.constant_', () => x);
}

/** Zeros. */
export function zeros_(tensor: Tensor): Tensor {
  return fill(tensor, 'init.zeros_', () => 0);
}

/** Ones. */
export function ones_(tensor: Tensor): Tensor {
  return fill(tensor, 'init.ones_', () => 1);
}

/**
 * Keeps the variance of activations and gradients where the units are about linear, as tanh near 0: drawn evenly, with
 * standard deviation gain · √(2 / (fan in + fan out)).
 *
 * Source: Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
 */
export function xavierUniform_(tensor: Tensor, gain = 1, generator: Generator = defaultGenerator()): Tensor {
  const bound = Math.sqrt(3) * xavierStd('init.xavierUniform_', tensor, gain);
  return fill(tensor, 'init.xavierUniform_', () => generator.uniform(-bound, bound));
}

/** As `xavierUniform_`, drawn from the normal distribution. */
export function xavierNormal_(tensor: Tensor, gain = 1, generator: Generator = defaultGenerator()): Tensor {
  const std = xavierStd('init.xavierNormal_', tensor, gain);
  return fill(tensor, 'init.xavierNormal_', () => generator.normal(0, std));
}

/** Which fan keeps its variance: that of the activations going forward, or of the gradients going back. */
export type FanMode = 'fanIn' | 'fanOut';

/**
 * Keeps the variance from layer to layer where units switch off, as ReLU does: drawn evenly, with standard deviation
 * gain / √fan. Also called He initialisation.
 *
 * @param a the slope of leaky ReLU below 0. Default 0, which is ReLU.
 * @param mode default 'fanIn'.
 * @param nonlinearity what follows the layer. Default 'leakyRelu'.
 * Source: He et al. 2015, "Delving deep into rectifiers".
 */
export function kaimingUniform_(
  tensor: Tensor,
  a = 0,
  mode: FanMode = 'fanIn',
  nonlinearity: Nonlinearity = 'leakyRelu',
  generator: Generator = defaultGenerator(),
): Tensor {
  const bound = Math.sqrt(3) * kaimingStd('init.kaimingUniform_', tensor, a, mode, nonlinearity);
  return fill(tensor, 'init.kaimingUniform_', () => generator.uniform(-bound, bound));
}

/** As `kaimingUniform_`, drawn from the normal distribution. */
export function kaimingNormal_(
  tensor: Tensor,
  a = 0,
  mode: FanMode = 'fanIn',
  nonlinearity: Nonlinearity = 'leakyRelu',
  generator: Generator = defaultGenerator(),
): Tensor {
  const std = kaimingStd('init.kaimingNormal_', tensor, a, mode, nonlinearity);
  return fill(tensor, 'init.kaimingNormal_', () => generator.normal(0, std));
}

/** What can follow a layer, for `calculateGain`. */
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

/** Gains by what follows the layer, PyTorch's table. 5/3 for tanh is a rule of thumb; 3/4 keeps selu self-normalising. */
const GAINS: Readonly<Record<Nonlinearity, (param?: number) => number>> = {
  linear: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  relu: () => Math.SQRT2,
  leakyRelu: (slope = 0.01) => Math.sqrt(2 / (1 + slope * slope)),
  selu: () => 3 / 4,
};

/**
 * The factor by which weights must be larger because of the nonlinearity that follows.
 *
 * @param param the slope of leaky ReLU below 0. Default 0.01.
 */
export function calculateGain(nonlinearity: Nonlinearity, param?: number): number {
  if (!Object.hasOwn(GAINS, nonlinearity)) {
    throw new ArgumentError(
      `calculateGain: "${nonlinearity}" has no known gain. Known: ${Object.keys(GAINS).join(', ')}.`,
    );
  }
  return GAINS[nonlinearity](param);
}

function xavierStd(by: string, tensor: Tensor, gain: number): number {
  checkNumbers(by, { gain });
  const { fanIn, fanOut } = fansOf(tensor);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

function kaimingStd(by: string, tensor: Tensor, a: number, mode: FanMode, nonlinearity: Nonlinearity): number {
  checkNumbers(by, { a });
  const fans = fansOf(tensor);
  if (!Object.hasOwn(fans, mode)) {
    throw new ArgumentError(`${by}: mode is ${nameGiven(mode)}, expected 'fanIn' or 'fanOut'.`);
  }
  return calculateGain(nonlinearity, a) / Math.sqrt(fans[mode]);
}

/** How many inputs reach one unit, and how many units one input reaches. Weights are [out, in, ...window]. */
function fansOf(tensor: Tensor): Record<FanMode, number> {
  const [out, inputs, ...window] = tensor.shape;
  if (out === undefined || inputs === undefined) {
    throw new ArgumentError(
      `init: a tensor of shape ${showShape(tensor.shape)} has no fan in and fan out, which need the axes [out, in]. ` +
        'Xavier and He are for weights; set a bias with zeros_ or uniform_.',
    );
  }
  const field = window.reduce((product, n) => product * n, 1);
  return { fanIn: inputs * field, fanOut: out * field };
}

/** @throws ArgumentError unless all are finite numbers: anything else would make NaN of every weight. */
function checkNumbers(by: string, xs: Readonly<Record<string, unknown>>): void {
  for (const [name, x] of Object.entries(xs)) {
    if (!Number.isFinite(x)) throw new ArgumentError(`${by}: ${name} is ${nameGiven(x)}, expected a finite number.`);
  }
}

function fill(tensor: Tensor, by: string, next: () => number): Tensor {
  for (let i = 0; i < tensor.storage.length; i++) tensor.storage[i] = next();
  tensor.markChanged(by);
  return tensor;
}
