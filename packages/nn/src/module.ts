import { Tensor } from '@backflow/autograd';
import { notifyModuleMade } from './observers.ts';

/** A module from one tensor to one tensor: what can stand in a `Sequential`. */
export interface TensorModule extends Module {
  forward(x: Tensor): Tensor;
}

/**
 * A part of a net: its fields hold parameters and further modules, `forward` says what it computes.
 *
 * A **parameter** is a field that holds a tensor with `requiresGrad` which no op has made; a tensor without it, such
 * as a running mean, is a buffer, and a frozen parameter is one until it is thawed. A **child** is a field that holds a
 * module. Arrays in fields are looked into, one level deep. Fields are read when they are asked for, in the order in
 * which they were set; `#private` ones and objects of modules cannot be seen.
 *
 * Names are paths as in PyTorch's state dict: `layers.0.weight`. What is shared has the first of its names.
 *
 * @example
 * class Net extends Module {
 *   hidden = new Linear(2, 5);
 *   output = new Linear(5, 1);
 *
 *   forward(x: Tensor): Tensor {
 *     return sigmoid(this.output.forward(relu(this.hidden.forward(x))));
 *   }
 * }
 */
export abstract class Module {
  /** Whether it is being trained, for modules that behave differently then. Set it with `train` and `eval`. */
  training = true;
  #path = '';

  constructor() {
    notifyModuleMade(this);
  }

  /**
   * What it computes. Write it as a method: a `forward` that is an arrow function in a field works, but an observer
   * cannot see its outputs.
   */
  abstract forward(...inputs: never[]): unknown;

  /** Parameters in its own fields, with the fields' names. */
  ownParameters(): [name: string, parameter: Tensor][] {
    return fieldsOf(this).filter((field): field is [string, Tensor] => isParameter(field[1]));
  }

  /** Modules in its own fields, with the fields' names. A container that keeps them elsewhere overrides this. */
  namedChildren(): [name: string, child: Module][] {
    return fieldsOf(this).filter((field): field is [string, Module] => field[1] instanceof Module);
  }

  /** Modules in its own fields. */
  children(): Module[] {
    return this.namedChildren().map(([, child]) => child);
  }

  /** This module, named '', and all below it, each once, parents first. */
  namedModules(): [path: string, module: Module][] {
    const paths = new Map<Module, string>();
    const visit = (module: Module, path: string): void => {
      if (paths.has(module)) return;
      paths.set(module, path);
      // A walk that starts further out makes a longer path: that is the one which an error shall name.
      if (path.length > module.#path.length) module.#path = path;
      for (const [name, child] of module.namedChildren()) visit(child, join(path, name));
    };
    visit(this, '');
    return Array.from(paths, ([module, path]) => [path, module]);
  }

  /** This module and all below it, each once, parents first. */
  modules(): Module[] {
    return this.namedModules().map(([, module]) => module);
  }

  /** All parameters of this module and those below it, each once, with their paths. */
  namedParameters(): [path: string, parameter: Tensor][] {
    const paths = new Map<Tensor, string>();
    for (const [path, module] of this.namedModules()) {
      for (const [name, parameter] of module.ownParameters()) {
        if (!paths.has(parameter)) paths.set(parameter, join(path, name));
      }
    }
    return Array.from(paths, ([parameter, path]) => [path, parameter]);
  }

  /** All parameters of this module and those below it, each once: what an optimiser is given. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Sets `training` here and below, and returns the module. */
  train(mode = true): this {
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /** The same as `train(false)`. It does not stop recording: see `noGrad`. */
  eval(): this {
    return this.train(false);
  }

  /** Clears the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /** What stands in brackets behind the class name, as in `Linear(2→5)`. Default nothing. */
  extraRepr(): string {
    return '';
  }

  /** Class name and what is particular: `Linear(2→5)`, `ReLU`. */
  label(): string {
    const extra = this.extraRepr();
    const kind = this.constructor.name || 'Module';
    return extra === '' ? kind : `${kind}(${extra})`;
  }

  /** How an error names it: `Linear(2→5) "layers.0"`. The path is known once a walk, as for `parameters()`, found it. */
  title(): string {
    return this.#path === '' ? this.label() : `${this.label()} "${this.#path}"`;
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Whether a field's content counts as a parameter: a tensor that wants a gradient and that no op has made. */
export function isParameter(x: unknown): x is Tensor {
  return x instanceof Tensor && x.requiresGrad && x.isLeaf;
}

/** Own fields, those that hold arrays as one field an element. */
function fieldsOf(module: Module): [name: string, field: unknown][] {
  return Object.entries(module).flatMap(([name, field]): [string, unknown][] =>
    Array.isArray(field) ? field.map((element, i) => [`${name}.${i}`, element]) : [[name, field]],
  );
}
