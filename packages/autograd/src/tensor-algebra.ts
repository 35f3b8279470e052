import type { Algebra } from './backward.ts';
import { allocate } from './dtype.ts';
import { pullGate } from './elementwise.ts';
import { BackwardError, ShapeError } from './errors.ts';
import type { Verbs } from './op.ts';
import * as coreGates from './ops/core-gates.ts';
import * as coreStructs from './ops/core-structs.ts';
import { type Shape, sameShape, showShape } from './shape.ts';
import type { TapeNode } from './tape.ts';
import type { Tensor } from './tensor.ts';
import { perOp, VariableView } from './view.ts';

/** What backward starts with: ∂root/∂root, or the gradient that was given. */
export function seedOf(root: Tensor, gradient: Tensor | undefined): Tensor {
  if (gradient === undefined) {
    if (root.numel() !== 1) {
      throw new BackwardError(
        'non-scalar',
        `backward: starts from one number, and this tensor of shape ${showShape(root.shape)} has ${root.numel()}. ` +
          'Reduce it with sum() or mean(), or give ∂L/∂this: backward(gradient).',
      );
    }
    const one = allocate(root.dtype, 1);
    one[0] = 1;
    return root.like(one);
  }
  if (!sameShape(gradient.shape, root.shape)) {
    throw new ShapeError(
      `backward: gradient has shape ${showShape(gradient.shape)}, expected ${showShape(root.shape)}, the shape of the tensor.`,
    );
  }
  return gradient.dtype === root.dtype ? gradient : coreStructs.to(gradient, root.dtype);
}

const verbs: Verbs<Tensor> = { ...coreGates, ...coreStructs };
const tensorView = /* @__PURE__ */ perOp((op) => new VariableView<Tensor>(op));

/** Runs a rule on whole tensors, and brings what it gives into the input's shape. */
function pullByRule(y: Tensor, node: TapeNode<Tensor>, k: number, g: Tensor): Tensor {
  const view = tensorView(node.op);
  const x = node.ins[k] as Tensor;
  const part = node.op.rules[k]?.(view.show(y, node, g), verbs, node.attrs) as Tensor | number;
  if (typeof part === 'number') return x.like(allocate(x.dtype, x.numel()).fill(part));
  if (!broadcastsTo(x.shape, part.shape)) {
    throw new ShapeError(
      `${node.op.name}: the rule of input "${node.op.inputs[k]}" gives a gradient of shape ${showShape(part.shape)}, ` +
        `expected ${showShape(x.shape)}, the input's own, or what that broadcasts to.`,
    );
  }
  const fitted = sumTo(part, x.shape);
  return fitted.dtype === x.dtype ? fitted : coreStructs.to(fitted, x.dtype);
}

function broadcastsTo(from: Shape, shape: Shape): boolean {
  const lead = shape.length - from.length;
  return lead >= 0 && from.every((n, axis) => n === 1 || n === shape[axis + lead]);
}

/** Undoes a broadcast: sums over the axes that it made or grew. */
function sumTo(g: Tensor, shape: Shape): Tensor {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.shape.length - shape.length;
  const grown = g.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || (shape[axis - lead] === 1 && g.shape[axis] !== 1));
  return coreStructs.reshape(coreStructs.sum(g, grown), shape);
}

/** First-order gradients: gates element by element, structs by their rules without a tape. */
export const onTensors: Algebra<Tensor, Tensor> = {
  pull: (y, node, k, g) => {
    if (node.op.kind === 'struct') return pullByRule(y, node, k, g);
    const x = node.ins[k] as Tensor;
    return x.like(pullGate(y, node, k, g));
  },
  add: (a, b) => coreGates.add(a, b),
};

/** Gradients that can be differentiated again: all rules on the tape. */
export const onTapedTensors: Algebra<Tensor, Tensor> = { pull: pullByRule, add: (a, b) => coreGates.add(a, b) };
