import {
  DtypeError,
  gather,
  IndexError,
  isFloat,
  logSoftmax,
  mul,
  neg,
  reshape,
  ShapeError,
  showShape,
  sum,
  type Tensor,
} from '@backflow/autograd';
import { checkTensors, Loss, type LossOptions, reduceLoss } from './loss.ts';

/**
 * Cross-entropy of raw outputs `input` [rows, classes], to which it applies the softmax itself, and the right classes.
 *
 * `target` holds the class of each row, [rows] of int32, or its probability for each class, [rows, classes] of floats.
 * Without reduction there is one loss a row.
 *
 * @throws ShapeError, DtypeError where `target` is neither.
 * @throws IndexError for a label that is no class.
 */
export function crossEntropy(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkTensors('crossEntropy', input, target);
  if (input.ndim !== 2) {
    throw new ShapeError(
      `crossEntropy: input has shape ${showShape(input.shape)}, expected [rows, classes]. ` +
        'For one row add an axis: input.reshape([1, -1]).',
    );
  }
  const logs = logSoftmax(input, 1);
  const losses = isFloat(target.dtype) ? ofProbabilities(logs, target) : ofLabels(logs, target);
  return reduceLoss('crossEntropy', losses, options);
}

function ofLabels(logs: Tensor, labels: Tensor): Tensor {
  const [rows, classes] = logs.shape as readonly [number, number];
  if (labels.ndim !== 1 || labels.shape[0] !== rows) {
    const hint = isColumn(labels, rows)
      ? 'Write target.reshape([-1]).'
      : 'If it holds a probability for each class, make it one of floats.';
    throw new ShapeError(
      `crossEntropy: target has shape ${showShape(labels.shape)}, expected one label for each of ${rows} rows, [${rows}]. ${hint}`,
    );
  }
  labels.storage.forEach((label, row) => {
    if (label < 0 || label >= classes) {
      throw new IndexError(
        `crossEntropy: the label of row ${row} is ${label}, and input has ${classes} classes: 0 to ${classes - 1}.`,
      );
    }
  });
  return neg(reshape(gather(logs, reshape(labels, [rows, 1]), 1), [rows]));
}

function ofProbabilities(logs: Tensor, target: Tensor): Tensor {
  if (target.ndim === 1) {
    throw new DtypeError(
      `crossEntropy: target has shape ${showShape(target.shape)} and dtype ${target.dtype}, and labels are whole numbers. ` +
        "Ask for them by dtype: tensor([0, 2], { dtype: 'int32' }), or target.to('int32').",
    );
  }
  const [rows, classes] = logs.shape as readonly [number, number];
  if (classes !== 1 && isColumn(target, rows)) {
    throw new ShapeError(
      `crossEntropy: target has shape ${showShape(target.shape)} and dtype ${target.dtype}, expected one label for each of ${rows} rows, ` +
        `[${rows}] of int32. Write target.reshape([-1]).to('int32').`,
    );
  }
  if (target.ndim !== 2 || target.shape[0] !== rows || target.shape[1] !== classes) {
    throw new ShapeError(
      `crossEntropy: target has shape ${showShape(target.shape)}, expected ${showShape(logs.shape)}, a probability for ` +
        `each class, or [${rows}] labels of int32.`,
    );
  }
  return neg(sum(mul(target, logs), 1));
}

/** One label a row, but as a table with one column. */
function isColumn({ shape }: Tensor, rows: number): boolean {
  return shape.length === 2 && shape[0] === rows && shape[1] === 1;
}

/** `crossEntropy` as a module. The model before it ends without a Softmax. */
export class CrossEntropyLoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return crossEntropy(input, target, this);
  }
}
