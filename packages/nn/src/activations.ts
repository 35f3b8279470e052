import { elu, leakyRelu, logSoftmax, relu, sigmoid, softmax, softplus, type Tensor, tanh } from '@backflow/autograd';
import { Module } from './module.ts';

/* Activations as modules. What each computes, and the slope it takes at a kink, is told at the op of the same name. */

/** Squashes to (0, 1): 1 / (1 + e⁻ˣ). Its slope is never more than ¼. */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

/** Squashes to (−1, 1). */
export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return tanh(x);
  }
}

/** max(x, 0). */
export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return relu(x);
  }
}

/** x where it is positive, a small multiple of it elsewhere, so that a unit never goes silent. */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;

  /** @param negativeSlope default 0.01. */
  constructor(negativeSlope = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  forward(x: Tensor): Tensor {
    return leakyRelu(x, this.negativeSlope);
  }

  override extraRepr(): string {
    return String(this.negativeSlope);
  }
}

/** x where it is positive, α · (eˣ − 1) elsewhere. */
export class ELU extends Module {
  readonly alpha: number;

  /** @param alpha default 1. */
  constructor(alpha = 1) {
    super();
    this.alpha = alpha;
  }

  forward(x: Tensor): Tensor {
    return elu(x, this.alpha);
  }

  override extraRepr(): string {
    return String(this.alpha);
  }
}

/** ln(1 + eˣ): a smooth ReLU. */
export class Softplus extends Module {
  forward(x: Tensor): Tensor {
    return softplus(x);
  }
}

/** eˣ / Σ eˣ along an axis. Not before `CrossEntropyLoss`, which takes the softmax itself. */
export class Softmax extends Module {
  readonly dim: number;

  /** @param dim the axis that adds up to 1; −1 is the last. */
  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return softmax(x, this.dim);
  }

  override extraRepr(): string {
    return `dim ${this.dim}`;
  }
}

/** ln of softmax along an axis, exact where softmax underflows. */
export class LogSoftmax extends Module {
  readonly dim: number;

  /** @param dim the axis over which softmax adds up to 1; −1 is the last. */
  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return logSoftmax(x, this.dim);
  }

  override extraRepr(): string {
    return `dim ${this.dim}`;
  }
}
