import type { Tensor } from '@backflow/autograd';
import { ArgumentError } from '../errors.ts';
import { checkOption, checkOptions, decayed, Optimizer } from './optimizer.ts';

/** What `SGD` takes. */
export interface SGDOptions {
  /** Learning rate. */
  readonly lr: number;
  /** Share of the last step's direction that is kept. Default 0. */
  readonly momentum?: number;
  /** Share of the gradient that does not enter the direction. Default 0. */
  readonly dampening?: number;
  /** Factor of an L2 penalty: w times it is added to the gradient. Default 0. */
  readonly weightDecay?: number;
  /** Looks ahead along the direction. Needs momentum and no dampening. Default false. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: w ← w − lr · d, where d is the gradient or, with momentum, the running direction
 * d ← momentum · d + (1 − dampening) · gradient, which starts as the first gradient. PyTorch's formulas.
 */
export class SGD extends Optimizer {
  readonly momentum: number;
  readonly dampening: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
  readonly #directions: (Tensor['storage'] | undefined)[] = [];

  constructor(params: Iterable<Tensor>, options: SGDOptions) {
    super(params, checkOptions('SGD', options).lr);
    const { momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = options;
    const isNotNegative = (x: number): boolean => x >= 0;
    this.momentum = checkOption('SGD', 'momentum', momentum, 'from 0 on', isNotNegative);
    this.dampening = checkOption('SGD', 'dampening', dampening, 'that is finite', () => true);
    this.weightDecay = checkOption('SGD', 'weightDecay', weightDecay, 'from 0 on', isNotNegative);
    this.nesterov = nesterov;
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new ArgumentError(
        `SGD: nesterov looks ahead along the momentum: it needs momentum above 0 and dampening 0, given ${momentum} and ${dampening}.`,
      );
    }
  }

  protected override update(i: number, elements: Tensor['storage'], gradient: Tensor['storage']): void {
    const { lr, momentum, dampening, weightDecay, nesterov } = this;
    if (momentum === 0) {
      for (let j = 0; j < elements.length; j++) {
        elements[j] = elements[j]! - lr * decayed(gradient[j]!, elements[j]!, weightDecay);
      }
      return;
    }
    const isFirst = this.#directions[i] === undefined;
    this.#directions[i] ??= elements.slice();
    const direction = this.#directions[i];
    for (let j = 0; j < elements.length; j++) {
      const g = decayed(gradient[j]!, elements[j]!, weightDecay);
      const d = isFirst ? g : momentum * direction[j]! + (1 - dampening) * g;
      direction[j] = d;
      elements[j] = elements[j]! - lr * (nesterov ? g + momentum * d : d);
    }
  }
}
