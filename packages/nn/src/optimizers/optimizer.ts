import { nameGiven, Tensor } from '@backflow/autograd';
import { ArgumentError } from '../errors.ts';
import { Module } from '../module.ts';
import { notifyOptimizerMade, notifyStepped } from '../observers.ts';

/** Changes parameters so that the loss falls. Make one of `model.parameters()`, and call `step` after `backward`. */
export abstract class Optimizer {
  /** What it updates, each once. */
  readonly params: readonly Tensor[];
  /** Learning rate. Set it to change the rate of the next step. */
  lr: number;
  /** How an error names what changed a parameter. */
  readonly #name: string;

  /**
   * @throws ArgumentError where there are no parameters, one of them is no leaf tensor, or the rate is not positive.
   */
  constructor(params: Iterable<Tensor>, lr: number) {
    this.params = checkParams(new.target.name, params);
    this.lr = checkOption(new.target.name, 'lr', lr, 'above 0', (x) => x > 0);
    this.#name = `${new.target.name}.step`;
    notifyOptimizerMade(this);
  }

  /** Clears the gradients, so that the next `backward` does not add to them. */
  zeroGrad(): void {
    for (const parameter of this.params) parameter.grad = null;
  }

  /** Updates every parameter by its gradient; one that has none is left as it is. */
  step(): void {
    for (let i = 0; i < this.params.length; i++) {
      const parameter = this.params[i]!;
      if (parameter.grad === null) continue;
      this.update(i, parameter.storage, parameter.grad.storage);
      parameter.markChanged(this.#name);
    }
    notifyStepped(this);
  }

  /** Writes the new elements of the parameter at place `i` of `params`. */
  protected abstract update(i: number, elements: Tensor['storage'], gradient: Tensor['storage']): void;
}

/** The gradient with that of an L2 penalty, weightDecay / 2 · w², added. Without one an infinite weight stays infinite. */
export function decayed(gradient: number, element: number, weightDecay: number): number {
  return weightDecay === 0 ? gradient : gradient + weightDecay * element;
}

/** @throws ArgumentError unless `options` is an object: a bare number is a learning rate that nobody would read. */
export function checkOptions<Options extends object>(what: string, options: Options): Options {
  if (typeof options === 'object' && options !== null) return options;
  const lr = typeof options === 'number' ? options : 0.1;
  throw new ArgumentError(`${what}: options is ${nameGiven(options)}, expected an object. Write { lr: ${lr} }.`);
}

/** @throws ArgumentError unless `x` is a finite number that `fits`; `range` says in words which do. */
export function checkOption(
  what: string,
  name: string,
  x: number,
  range: string,
  fits: (x: number) => boolean,
): number {
  if (Number.isFinite(x) && fits(x)) return x;
  throw new ArgumentError(`${what}: ${name} is ${nameGiven(x)}, expected a number ${range}.`);
}

function checkParams(what: string, params: Iterable<Tensor>): readonly Tensor[] {
  if (params instanceof Module || typeof (params as Partial<Iterable<Tensor>>)?.[Symbol.iterator] !== 'function') {
    throw new ArgumentError(
      `${what}: params is ${nameGiven(params)}, expected the parameters of a model. Write model.parameters().`,
    );
  }
  const unique = [...new Set(params)];
  if (unique.length === 0) {
    throw new ArgumentError(
      `${what}: there are no parameters to train. A model finds tensors with requiresGrad, and modules, in its own ` +
        'fields and in arrays there; #private fields it cannot see.',
    );
  }
  unique.forEach((parameter, i) => {
    if (!(parameter instanceof Tensor)) {
      throw new ArgumentError(`${what}: parameter ${i} is ${nameGiven(parameter)}, expected a Tensor.`);
    }
    if (parameter.node !== null) {
      throw new ArgumentError(
        `${what}: parameter ${i} is the result of ${parameter.node.op.name}, so changing it would change no weight. ` +
          'Give the tensors it was computed from, or a copy of its own: parameter.detach().requiresGrad_().',
      );
    }
  });
  return unique;
}
