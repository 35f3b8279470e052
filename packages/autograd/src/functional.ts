import { collect, gradientsAt } from './backward.ts';
import { full } from './create.ts';
import { nameGiven, OperandError } from './errors.ts';
import type { Operand } from './op.ts';
import { clone } from './ops/clone.ts';
import { isRecording, withRecording } from './tape.ts';
import { Tensor } from './tensor.ts';
import { onTapedTensors, onTensors, seedOf } from './tensor-algebra.ts';
import { onValues, Value } from './value.ts';

/** What a function is differentiated at. */
export type Point = number | Operand;

/** A function of values or tensors whose result is one number. */
export type ScalarFunction = (...x: never[]) => Operand;

/** The gradient function: it gives back the kind that it was given at `argnum`. */
export type GradientFunction = <X extends Point>(...x: readonly X[]) => X;

/**
 * The function that computes ∂f/∂x, for the argument at place `argnum`.
 *
 * It takes what `f` takes, or plain numbers, which `f` then gets as values, and gives a gradient of the same kind.
 * Where what it is called with, or what `f` closes over, wants a gradient, the result is on the tape too: so
 * `grad(grad(f))` is the second derivative. An argument on which the result does not depend has gradient 0.
 *
 * @param argnum which argument, from 0. Default 0.
 * @throws BackwardError where the result has more than one element.
 * @example
 * const slope = grad((x: Value) => x.mul(x));
 * slope(3); // 6
 * grad(slope)(3); // 2
 */
export function grad(f: ScalarFunction, argnum = 0): GradientFunction {
  return (<X extends Point>(...args: readonly X[]): X => {
    const given = args[argnum];
    if (!isPoint(given)) {
      throw new OperandError(
        `grad: argument ${argnum} is ${nameGiven(given)}, expected a number, Value or Tensor. Wrap arrays: tensor([1, 2]).`,
      );
    }
    const gradient = differentiate(f, args, argnum);
    return (typeof given === 'number' ? gradient.item() : gradient) as X;
  }) as GradientFunction;
}

function differentiate(f: ScalarFunction, args: readonly Point[], argnum: number): Operand {
  const operands: Operand[] = args.map((x) => (typeof x === 'number' ? new Value(x, false) : x));
  const given = operands[argnum];
  const x = freshPlace(given);
  operands[argnum] = x;
  const y = withRecording(true, () => (f as (...all: readonly Operand[]) => Operand)(...operands));
  if (!isOperand(y)) {
    throw new OperandError(
      `grad: the result of the function is ${nameGiven(y)}, expected a Value or Tensor computed from its arguments.`,
    );
  }
  // On the tape where somebody may differentiate again: by what was given, or by what `f` closes over.
  const isTaped = isRecording() && (given.requiresGrad || dependsOnOthers(y, x));
  return withRecording(isTaped, () => gradientAt(y, x, isTaped)) ?? zerosLike(x);
}

function gradientAt(y: Operand, x: Operand, isTaped: boolean): Operand | undefined {
  if (y instanceof Tensor) {
    const seed = seedOf(y, undefined);
    if (!y.requiresGrad || !(x instanceof Tensor)) return undefined;
    return gradientsAt<Tensor, Tensor>(y, seed, isTaped ? onTapedTensors : onTensors, [x])[0];
  }
  if (!y.requiresGrad || !(x instanceof Value)) return undefined;
  return gradientsAt<Value, Value>(y, new Value(1, false), onValues, [x])[0];
}

/** Whether anything but `x` on which `y` depends wants a gradient. */
function dependsOnOthers(y: Operand, x: Operand): boolean {
  if (!y.requiresGrad) return false;
  return collect<never>(y as never, new Set<never>([x as never])).ends.some((end) => end !== x);
}

function zerosLike(x: Operand): Operand {
  return x instanceof Tensor ? full(x.shape, 0, { dtype: x.dtype }) : new Value(0, false);
}

/** A copy to differentiate at: other uses of the same variable, outside the function's argument, must not count. */
function freshPlace(x: Operand): Operand {
  const place = withRecording(true, () => (clone as (x: Operand) => Operand)(x));
  if (place instanceof Tensor && !place.requiresGrad) place.requiresGrad_();
  place.requiresGrad = true;
  return place;
}

function isPoint(x: unknown): x is Point {
  return typeof x === 'number' || isOperand(x);
}

function isOperand(x: unknown): x is Operand {
  return x instanceof Value || x instanceof Tensor;
}
