import { nameGiven, type Tensor } from '@backflow/autograd';
import { ArgumentError } from '../errors.ts';
import { Module, type TensorModule } from '../module.ts';

/** Modules one behind the other: each gets what the one before it gave. Their names are '0', '1' and so on. */
export class Sequential extends Module implements Iterable<TensorModule> {
  readonly #modules: TensorModule[] = [];

  constructor(...modules: readonly TensorModule[]) {
    super();
    for (const module of modules) this.append(module);
  }

  /** Puts a module behind the last one, and returns the whole. */
  append(module: TensorModule): this {
    if (!(module instanceof Module)) throw notModule(this.#modules.length, module);
    this.#modules.push(module);
    return this;
  }

  /** Number of modules. */
  get length(): number {
    return this.#modules.length;
  }

  [Symbol.iterator](): Iterator<TensorModule> {
    return this.#modules[Symbol.iterator]();
  }

  override namedChildren(): [name: string, child: Module][] {
    return this.#modules.map((module, i) => [String(i), module]);
  }

  forward(x: Tensor): Tensor {
    let y = x;
    for (const module of this.#modules) y = module.forward(y);
    return y;
  }
}

function notModule(place: number, given: unknown): ArgumentError {
  let hint = '';
  if (Array.isArray(given)) hint = ' Spread it: new Sequential(...layers).';
  if (typeof given === 'function') hint = ` Make one of it: new ${given.name || 'ReLU'}().`;
  return new ArgumentError(`Sequential: module ${place} is ${nameGiven(given)}, expected a Module.${hint}`);
}
