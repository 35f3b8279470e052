import { add, defineGate, defineStruct, type Gate, type Struct } from '../../src/index.ts';
import { plantGate as gate, type Planted, type Structs, plantStruct as struct } from './plant.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const matrix: Structs = { samples: [{ shapes: { x: [2, 3] } }] };

/** A helper whose forward is right and whose own rule is not: 3x², with slope 3x. */
const threeSquares: Gate<['x']> = defineGate({
  name: 'threeSquares',
  inputs: ['x'],
  forward: (x) => 3 * x * x,
  vjp: { x: ({ x, g }, { mul }) => mul(g, mul(3, x)) },
});

/** Copies x, unless `forward` says otherwise. */
function copying(
  kernel: (y: { storage: Float64Array }, x: { storage: Float64Array }) => void,
  vjp: Struct<['x']>['vjp'] = { x: ({ g }) => g },
): Struct<['x']> {
  return defineStruct({ name: 'copying', inputs: ['x'], shape: (x) => x, kernel: kernel as never, vjp });
}

let calls = 0;

/** Every kind of fault that we could think of, or have made. */
export const planted: readonly Planted[] = [
  gate(
    'a sign is flipped',
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineGate({
      name: 'sub',
      inputs: ['a', 'b'],
      forward: (a, b) => a - b,
      vjp: { a: ({ g }) => g, b: ({ g }) => g },
    }),
  ),
  gate(
    'a factor is lost',
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineGate({
      name: 'square',
      inputs: ['x'],
      forward: (x) => x * x,
      vjp: { x: ({ x, g }, { mul }) => mul(g, x) },
    }),
  ),
  gate(
    'the tail of the slope is lost: y (1 − y)',
    'agreesAtSecondOrder',
    /of the gradients.*: the rule gives .*, differences give/,
    defineGate({
      name: 'sigmoid',
      inputs: ['x'],
      forward: sigmoid,
      vjp: { x: ({ y, g }, { mul, sub }) => mul(g, mul(y, sub(1, y))) },
    }),
  ),
  gate(
    'a constant has the digits of float32',
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineGate({
      name: 'tenth',
      inputs: ['x'],
      forward: (x) => 0.1 * x,
      vjp: { x: ({ g }, { mul }) => mul(g, Math.fround(0.1)) },
    }),
  ),
  gate(
    'the upstream gradient is ignored',
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineGate({ name: 'clone', inputs: ['x'], forward: (x) => x, vjp: { x: () => 1 } }),
  ),
  gate(
    'the upstream gradient is squared',
    'isLinearUpstream',
    /2g − h gives/,
    defineGate({ name: 'clone', inputs: ['x'], forward: (x) => x, vjp: { x: ({ g }, { mul }) => mul(g, g) } }),
  ),
  gate(
    "an input gets the other's gradient",
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineGate({
      name: 'mul',
      inputs: ['a', 'b'],
      forward: (a, b) => a * b,
      vjp: { a: ({ a, g }, { mul }) => mul(g, a), b: ({ b, g }, { mul }) => mul(g, b) },
    }),
  ),
  gate(
    'a null hides a gradient',
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineGate({
      name: 'mul',
      inputs: ['a', 'b'],
      forward: (a, b) => a * b,
      vjp: { a: ({ b, g }, { mul }) => mul(g, b), b: null },
    }),
  ),
  gate(
    'a tie gives both inputs the full gradient',
    'liesBetweenSlopes',
    /toward 0?.*: 2 does not lie between 1/,
    defineGate({
      name: 'maximum',
      inputs: ['a', 'b'],
      forward: (a, b) => Math.max(a, b),
      vjp: {
        a: ({ a, b, g }, { where, ge }) => where(ge(a, b), g, 0),
        b: ({ a, b, g }, { where, ge }) => where(ge(b, a), g, 0),
      },
    }),
    { kinkWhereEqual: ['a', 'b'], cases: [{ a: 1, b: 1, y: 1, grad: { a: 1, b: 1 } }] },
  ),
  gate(
    'the slope at a kink is that of neither side nor between',
    'liesBetweenSlopes',
    /2 does not lie between 0 and 1/,
    defineGate({
      name: 'relu',
      inputs: ['x'],
      forward: (x) => Math.max(x, 0),
      vjp: { x: ({ x, g }, { where, gt, eq, mul }) => where(eq(x, 0), mul(2, g), where(gt(x, 0), g, 0)) },
    }),
    { kinks: { x: [0] }, cases: [{ x: 0, y: 0, grad: { x: 2 } }] },
  ),
  gate(
    'no case says which slope a kink has',
    'liesBetweenSlopes',
    /no case says the gradient at 0/,
    defineGate({
      name: 'relu',
      inputs: ['x'],
      forward: (x) => Math.max(x, 0),
      vjp: { x: ({ x, g }, { where, gt }) => where(gt(x, 0), g, 0) },
    }),
    { kinks: { x: [0] } },
  ),
  gate(
    'a rule uses a helper whose own rule is wrong',
    'agreesAtSecondOrder',
    /of the gradients.*: the rule gives .*, differences give/,
    defineGate({
      name: 'cube',
      inputs: ['x'],
      forward: (x) => x * x * x,
      vjp: { x: ({ x, g }, { mul }) => mul(g, threeSquares(x as never) as never) },
    }),
    { domain: { x: [-2, 2] } },
  ),
  gate(
    'a branch that is not taken overflows, and 0 times ∞ is NaN',
    'staysTameAtSecondOrder',
    /∂²y.∂x∂x at 800 is NaN/,
    defineGate({
      name: 'elu',
      inputs: ['x'],
      forward: (x) => (x > 0 ? x : Math.expm1(x)),
      vjp: { x: ({ x, g }, { where, gt, mul, exp }) => where(gt(x, 0), g, mul(g, exp(x))) },
    }),
    { kinks: { x: [0] } },
  ),
  gate(
    'a rule tells numbers from tensors',
    'isSameWithGraph',
    /recorded/,
    defineGate({
      name: 'clone',
      inputs: ['x'],
      forward: (x) => x,
      vjp: { x: ({ g }, { mul }) => (typeof g === 'number' ? g : mul(g, 1 + 2 ** -52)) },
    }),
  ),
  gate(
    'the result depends on how often it was called',
    'isSameTapedOrNot',
    /taped/,
    defineGate({ name: 'count', inputs: ['x'], forward: (x) => x + calls++, vjp: { x: ({ g }) => g } }),
  ),
  gate(
    'the gradient depends on how often the rule ran',
    'scalarIsElement',
    /∂L.∂x: value .*, tensor/,
    defineGate({ name: 'count', inputs: ['x'], forward: (x) => x, vjp: { x: ({ g }, { mul }) => mul(g, calls++) } }),
  ),
  gate(
    'a case is wrong',
    'casesHold',
    /case 0, y is 1, expected 2/,
    defineGate({ name: 'clone', inputs: ['x'], forward: (x) => x, vjp: { x: ({ g }) => g } }),
    { cases: [{ x: 1, y: 2 }] },
  ),
  gate(
    'a case has the wrong gradient',
    'casesHold',
    /case 0, gradient of x is 1, expected 2/,
    defineGate({ name: 'clone', inputs: ['x'], forward: (x) => x, vjp: { x: ({ g }) => g } }),
    { cases: [{ x: 1, y: 1, grad: { x: 2 } }] },
  ),
  gate(
    'nothing says what the gradient is',
    'saysWhatItDoes',
    /the gradient of x is not said/,
    defineGate({ name: 'clone', inputs: ['x'], forward: (x) => x, vjp: { x: ({ g }) => g } }),
    { says: { y: 'x' } },
  ),
  gate('it is named otherwise than it is exported', 'isNamedOnce', /exported as planted, but named add/, add),
  struct(
    'the sum over what was repeated is lost',
    'agreesWithDifferences',
    /the rule gives .*, differences give/,
    defineStruct({
      name: 'stack',
      inputs: ['x'],
      shape: (x) => [3, ...x],
      kernel: (y, x) => {
        for (let i = 0; i < 3; i++) y.storage.set(x.storage, i * x.storage.length);
      },
      vjp: { x: ({ x, g }, { reshape, slice }) => reshape(slice(g, 0, 0, 1), x.shape) },
    }),
    { samples: [{ shapes: { x: [2] } }] },
  ),
  struct(
    'the gradient is transposed',
    'keepsShapeAndDtype',
    /gives a gradient of shape \[3, 2\], expected \[2, 3\]/,
    copying((y, x) => y.storage.set(x.storage), { x: ({ g }, { permute }) => permute(g, [1, 0]) }),
    matrix,
  ),
  struct(
    'forward writes into its input',
    'leavesInputsAlone',
    /forward changed x/,
    copying((y, x) => {
      y.storage.set(x.storage);
      x.storage[0] += 1;
    }),
    matrix,
  ),
  struct(
    'the rule writes into the upstream gradient',
    'leavesInputsAlone',
    /backward changed the upstream gradient/,
    copying((y, x) => y.storage.set(x.storage), {
      x: ({ g }) => {
        (g as unknown as { storage: Float64Array }).storage[0] += 1;
        return g;
      },
    }),
    matrix,
  ),
  struct(
    'the result has another dtype',
    'keepsShapeAndDtype',
    /y, of int32, is not on the tape/,
    defineStruct({
      name: 'narrow',
      inputs: ['x'],
      dtype: () => 'int32',
      shape: (x) => x,
      kernel: (y, x) => y.storage.set(x.storage),
      vjp: { x: ({ g }) => g },
    }),
    matrix,
  ),
  struct(
    'the kernel is wrong for float32',
    'isCloseInFloat32',
    /float64 .*, float32/,
    copying((y, x) => {
      y.storage.set((x.storage as unknown) instanceof Float32Array ? x.storage.map((e) => e * 1.0001) : x.storage);
    }),
    matrix,
  ),
];
