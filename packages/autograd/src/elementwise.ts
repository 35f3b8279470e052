import { allocate, castTo, countable, type DType, floating, type Numbers, promote } from './dtype.ts';
import type { AnyGate, Nd } from './op.ts';
import { broadcastOffsets, broadcastShapes, type Shape, sameShape, sizeOf } from './shape.ts';
import type { TapeNode } from './tape.ts';
import type { Tensor } from './tensor.ts';
import { checkInput, checkOutput, numberGates, numberView, readsOf } from './view.ts';

/** What running an op gives: elements, shape and dtype. */
export interface Elements extends Nd {
  readonly dtype: DType;
}

/** One operand laid over the result's shape: element i of the result reads `storage` at `offsetIn(i)`. */
interface Lane {
  readonly storage: Numbers | readonly number[];
  /** Null where the operand has the result's own shape. */
  readonly offsets: Int32Array | null;
  /** Whether there is one element for all. */
  readonly isSingle: boolean;
}

function laneOf(x: Tensor | number, shape: Shape): Lane {
  if (typeof x === 'number') return { storage: [x], offsets: null, isSingle: true };
  if (x.storage.length === 1) return { storage: x.storage, offsets: null, isSingle: true };
  return {
    storage: x.storage,
    offsets: sameShape(x.shape, shape) ? null : broadcastOffsets(x.shape, shape),
    isSingle: false,
  };
}

function offsetIn(lane: Lane, i: number): number {
  if (lane.isSingle) return 0;
  return lane.offsets === null ? i : lane.offsets[i];
}

/** Applies a gate to every element, operands broadcast to one shape. */
export function runGate(gate: AnyGate, operands: readonly (Tensor | number)[], attrs: unknown): Elements {
  let shape: Shape = [];
  let dtype: DType | null = null;
  for (const x of operands) {
    if (typeof x === 'number') continue;
    shape = dtype === null ? x.shape : broadcastShapes(shape, x.shape, gate.name);
    dtype = dtype === null ? x.dtype : promote(dtype, x.dtype);
  }
  const result = resultDtype(gate, dtype as DType, operands);
  const storage = allocate(result, sizeOf(shape));
  const lanes = operands.map((x) => laneOf(x, shape));
  const forward = gate.forward as unknown as (...x: readonly unknown[]) => number;
  const [a, b, c] = lanes;
  switch (lanes.length) {
    case 1:
      for (let i = 0; i < storage.length; i++) storage[i] = forward(a.storage[i], attrs);
      break;
    case 2:
      for (let i = 0; i < storage.length; i++)
        storage[i] = forward(a.storage[offsetIn(a, i)], b.storage[offsetIn(b, i)], attrs);
      break;
    case 3:
      for (let i = 0; i < storage.length; i++) {
        storage[i] = forward(a.storage[offsetIn(a, i)], b.storage[offsetIn(b, i)], c.storage[offsetIn(c, i)], attrs);
      }
      break;
    default:
      for (let i = 0; i < storage.length; i++)
        storage[i] = forward(...lanes.map((lane) => lane.storage[offsetIn(lane, i)]), attrs);
  }
  return { storage, shape, dtype: result };
}

/** Numbers never change a float dtype; beside integers a number with a fraction makes the default float. */
function resultDtype(gate: AnyGate, promoted: DType, operands: readonly (Tensor | number)[]): DType {
  if (gate.dtype === 'bool') return 'bool';
  if (gate.dtype === 'float') return floating(promoted);
  const numbers = operands.filter((x) => typeof x === 'number');
  if (numbers.some((x) => !Number.isInteger(x))) return floating(promoted);
  return gate.dtype === 'keep' && numbers.length === 0 ? promoted : countable(promoted);
}

/**
 * The gradient of input `k` of a gate, element by element, summed over what was broadcast, in the input's own shape.
 */
export function pullGate(y: Tensor, node: TapeNode<Tensor>, k: number, g: Tensor): Numbers {
  const x = node.ins[k] as Tensor;
  const rule = node.op.rules[k] as (at: unknown, gates: unknown, attrs: unknown) => number;
  const view = numberView(node.op);

  const reads = readsOf(node.op, k, node.attrs);
  for (const i of reads.inputs) checkInput(node, i);
  if (reads.output) checkOutput(y, node);
  const lanes = reads.inputs.map((i) => laneOf(node.ins[i], y.shape));
  const target = laneOf(x, y.shape);

  // Summed in double, so that a float32 gradient is rounded once.
  const isCopy = target.offsets === null && (!target.isSingle || y.storage.length === 1);
  const total = isCopy ? allocate(x.dtype, x.storage.length) : new Float64Array(x.storage.length);
  for (let i = 0; i < y.storage.length; i++) {
    for (let j = 0; j < lanes.length; j++) view.slots[reads.inputs[j]] = lanes[j].storage[offsetIn(lanes[j], i)];
    view.y = y.storage[i];
    view.g = g.storage[i];
    const part = rule(view, numberGates, node.attrs);
    if (isCopy) total[i] = part;
    else total[offsetIn(target, i)] += part;
  }
  return castTo(x.dtype, total);
}
