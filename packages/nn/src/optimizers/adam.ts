import type { Tensor } from '@backflow/autograd';
import { checkOption, checkOptions, decayed, Optimizer } from './optimizer.ts';

/** What `Adam` takes. */
export interface AdamOptions {
  /** Learning rate. Default 1e-3. */
  readonly lr?: number;
  /** How much of the running mean of the gradient, and of its square, is kept at each step. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Keeps the division finite. Default 1e-8. */
  readonly eps?: number;
  /** Whether `eps` is added before the bias correction, as Keras does, instead of after it. Default false. */
  readonly epsHat?: boolean;
  /** Factor of an L2 penalty: w times it is added to the gradient. Default 0. */
  readonly weightDecay?: number;
}

/** Running means of one parameter, and the steps in which it had a gradient. */
interface Moments {
  readonly first: Tensor['storage'];
  readonly second: Tensor['storage'];
  steps: number;
}

/**
 * Adam: each element moves by about lr, whatever the size of its gradient.
 *
 * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − lr · m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) undo that m and v start at 0. With `epsHat`: w ← w − lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
 *
 * Source: Kingma & Ba 2015, "Adam: a method for stochastic optimization"; `epsHat` is its ε̂, at the end of section 2.
 */
export class Adam extends Optimizer {
  readonly betas: readonly [number, number];
  readonly eps: number;
  readonly epsHat: boolean;
  readonly weightDecay: number;
  readonly #moments: (Moments | undefined)[] = [];

  constructor(params: Iterable<Tensor>, options: AdamOptions = {}) {
    const {
      lr = 1e-3,
      betas = [0.9, 0.999],
      eps = 1e-8,
      epsHat = false,
      weightDecay = 0,
    } = checkOptions('Adam', options);
    super(params, lr);
    const isShare = (x: number): boolean => x >= 0 && x < 1;
    const isNotNegative = (x: number): boolean => x >= 0;
    this.betas = [
      checkOption('Adam', 'betas[0]', betas[0], 'from 0 to below 1', isShare),
      checkOption('Adam', 'betas[1]', betas[1], 'from 0 to below 1', isShare),
    ];
    this.eps = checkOption('Adam', 'eps', eps, 'from 0 on', isNotNegative);
    this.weightDecay = checkOption('Adam', 'weightDecay', weightDecay, 'from 0 on', isNotNegative);
    this.epsHat = epsHat;
  }

  protected override update(i: number, elements: Tensor['storage'], gradient: Tensor['storage']): void {
    const { lr, eps, epsHat, weightDecay } = this;
    const [beta1, beta2] = this.betas;
    this.#moments[i] ??= { first: elements.slice().fill(0), second: elements.slice().fill(0), steps: 0 };
    const moments = this.#moments[i];
    const { first, second } = moments;
    moments.steps++;
    const firstCorrection = 1 - beta1 ** moments.steps;
    const secondCorrection = Math.sqrt(1 - beta2 ** moments.steps);
    // √v̂ + ε is (√v + ε · √(1 − β₂ᵗ)) / √(1 − β₂ᵗ): the two forms differ in ε alone.
    const rate = (lr * secondCorrection) / firstCorrection;
    const floor = epsHat ? eps : eps * secondCorrection;
    for (let j = 0; j < elements.length; j++) {
      const g = decayed(gradient[j]!, elements[j]!, weightDecay);
      const m = beta1 * first[j]! + (1 - beta1) * g;
      const v = beta2 * second[j]! + (1 - beta2) * g * g;
      first[j] = m;
      second[j] = v;
      elements[j] = elements[j]! - (rate * m) / (Math.sqrt(v) + floor);
    }
  }
}
