export {
  arange,
  full,
  ones,
  type RandomOptions,
  rand,
  randn,
  type TensorData,
  type TensorOptions,
  tensor,
  zeros,
} from './create.ts';
export { type DType, defaultDtype, isFloat, promote, type ReadonlyNumbers, setDefaultDtype } from './dtype.ts';
export {
  BackflowError,
  BackwardError,
  type BackwardErrorCode,
  DtypeError,
  GradcheckError,
  IndexError,
  nameGiven,
  OperandError,
  ShapeError,
} from './errors.ts';
export { type GradientFunction, grad, type Point, type ScalarFunction } from './functional.ts';
export { type CheckedFunction, type GradcheckOptions, gradcheck } from './gradcheck.ts';
export { defineGate, defineStruct, type Gate, type Nd, type Operand, type Struct } from './op.ts';
export * from './ops/index.ts';
export { checkFeatures } from './ops/linear.ts';
export { defaultGenerator, Generator, manualSeed } from './random.ts';
export { type Shape, showShape } from './shape.ts';
export { isRecording, noGrad } from './tape.ts';
export { type BackwardOptions, Tensor } from './tensor.ts';
export { Value, value } from './value.ts';
