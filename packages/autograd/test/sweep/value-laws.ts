import { type DType, isFloat, noGrad, promote, type Tensor, tensor, type Value, value } from '../../src/index.ts';
import { type Shape, sameShape } from '../../src/shape.ts';
import { type Application, callable, drawWeights } from './application.ts';
import { onApplications } from './law.ts';
import { apply, demand, gradientsOf, isSame, leavesOf, upstreamOf } from './run.ts';

/** Whether the rule of an input is a written null. */
function isConstant(app: Application, k: number): boolean {
  return app.entry.op.rules[k] === null;
}

export const keepsShapeAndDtype = onApplications(
  'a gradient has the shape and the dtype of its input, mixed dtypes included, recorded or not',
  (app) => {
    const dtypes = Array.from(drawWeights(app.seed, app.inputs.length), (w): DType => (w < 0 ? 'float32' : 'float64'));
    for (const createGraph of [false, true]) {
      const inputs = leavesOf(app, (k) => dtypes[k]);
      const y = apply(app, inputs);
      const floats = inputs.filter((x) => isFloat(x.dtype));
      const expected = floats.map((x) => x.dtype).reduce(promote);
      const isOwn = app.entry.op.kind === 'struct' && app.entry.op.dtype !== undefined;
      demand(isOwn || !isFloat(y.dtype) || y.dtype === expected, () => `y is ${y.dtype}, expected ${expected}`);
      const hasRule = app.inputs.some(({ role }, k) => role === 'float' && !isConstant(app, k));
      demand(y.requiresGrad === hasRule, () => `y, of ${y.dtype}, is ${y.requiresGrad ? '' : 'not '}on the tape`);
      const gradients = gradientsOf(app, inputs, createGraph);
      gradients.forEach((gradient, k) => {
        const x = inputs[k];
        const isWanted = x.requiresGrad && y.requiresGrad && !isConstant(app, k);
        demand((gradient !== null) === isWanted, () => `input ${k} has ${gradient === null ? 'no' : 'a'} gradient`);
        if (gradient === null) return;
        demand(
          sameShape(gradient.shape, x.shape),
          () => `input ${k}: shape [${x.shape}], gradient [${gradient.shape}]`,
        );
        demand(
          gradient.dtype === x.dtype && gradient.storage.constructor === x.storage.constructor,
          () => `input ${k} is ${x.dtype}, its gradient ${gradient.dtype} (createGraph: ${createGraph})`,
        );
        demand(
          createGraph || !gradient.requiresGrad,
          () => `input ${k}: the gradient is on a tape that nobody asked for`,
        );
      });
    }
  },
);

/** The flat place in an operand of `from` that broadcasting puts at flat place `i` of `to`. */
function placeOf(i: number, from: Shape, to: Shape): number {
  let place = 0;
  let stride = 1;
  let rest = i;
  for (let axis = 1; axis <= to.length; axis++) {
    const size = to[to.length - axis];
    const own = from[from.length - axis] ?? 1;
    if (own !== 1) place += (rest % size) * stride;
    rest = Math.floor(rest / size);
    stride *= own;
  }
  return place;
}

/** For each element of the result of a gate, the numbers that meet there. */
function elementsOf(app: Application, y: Tensor): number[][] {
  return Array.from({ length: y.numel() }, (_, i) =>
    app.inputs.map(({ data, shape }) => data[placeOf(i, shape, y.shape)]),
  );
}

export const isSameTapedOrNot = onApplications('a result on the tape is what the op gives off the tape', (app) => {
  const taped = apply(app, leavesOf(app));
  const plain = noGrad(() => apply(app, leavesOf(app)));
  demand(sameShape(taped.shape, plain.shape) && taped.dtype === plain.dtype, () => 'shape or dtype differ');
  for (const [i, x] of Array.from(plain.data).entries()) {
    demand(isSame(x, taped.data[i]), () => `element ${i}: ${x}, taped ${taped.data[i]}`);
  }
  demand(!plain.requiresGrad && plain.node === null, () => 'off the tape it holds a node');
  if (app.entry.op.kind === 'struct') return;
  elementsOf(app, taped).forEach((numbers, i) => {
    const number = callable(app.entry)(...numbers, ...app.params) as unknown as number;
    demand(isSame(number, taped.data[i]), () => `element ${i}: ${taped.data[i]}, of numbers ${number}`);
  });
});

export const scalarIsElement = onApplications(
  'a value, forward and gradient, is an element of a tensor, bit for bit but for the sign of a zero',
  (app) => {
    if (app.entry.op.kind === 'struct') return;
    const y = apply(app, leavesOf(app));
    const weights = upstreamOf(app, y).data;
    elementsOf(app, y).forEach((numbers, i) => {
      const values = numbers.map((x, k) => value(x, { requiresGrad: app.inputs[k]?.role === 'float' }));
      const tensors = numbers.map((x, k) => tensor(x, { requiresGrad: app.inputs[k]?.role === 'float' }));
      const ofValues = callable(app.entry)(...values, ...app.params) as unknown as Value;
      const ofTensors = callable(app.entry)(...tensors, ...app.params);
      demand(isSame(ofValues.data, ofTensors.item()), () => `y: value ${ofValues.data}, tensor ${ofTensors.item()}`);
      demand(isSame(ofValues.data, y.data[i]), () => `y: value ${ofValues.data}, element ${y.data[i]}`);
      if (!ofTensors.requiresGrad) {
        demand(!ofValues.requiresGrad, () => 'only the value wants a gradient');
        return;
      }
      ofValues.mul(weights[i]).backward();
      ofTensors.mul(weights[i]).backward();
      values.forEach((x, k) => {
        const gradient = tensors[k]?.grad?.item() ?? 0;
        demand(isSame(x.grad, gradient), () => `∂L/∂${app.entry.op.inputs[k]}: value ${x.grad}, tensor ${gradient}`);
      });
    });
  },
);

export const leavesInputsAlone = onApplications('neither forward nor backward writes into what it was given', (app) => {
  for (const createGraph of [false, true]) {
    const inputs = leavesOf(app);
    const given = inputs.map((x) => Array.from(x.data));
    const y = apply(app, inputs);
    inputs.forEach((x, k) => {
      demandUntouched(x, given[k], `forward changed ${app.entry.op.inputs[k]}`);
    });
    if (!y.requiresGrad) return;
    const g = upstreamOf(app, y);
    const before = [y, g].map((x) => Array.from(x.data));
    y.backward(g, { createGraph });
    inputs.forEach((x, k) => {
      demandUntouched(x, given[k], `backward changed ${app.entry.op.inputs[k]}`);
    });
    demandUntouched(y, before[0], 'backward changed the output');
    demandUntouched(g, before[1], 'backward changed the upstream gradient');
  }
});

function demandUntouched(x: Tensor, before: readonly number[], otherwise: string): void {
  demand(x.version === 0 && before.every((n, i) => isSame(n, x.data[i])), () => otherwise);
}
