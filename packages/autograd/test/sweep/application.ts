import { fc } from '@fast-check/vitest';
import type { registry } from '../../src/facts.ts';
import { Generator, type Shape, type Tensor, tensor } from '../../src/index.ts';
import type { GateFacts, StructFacts } from '../../src/op-facts.ts';
import { sizeOf } from '../../src/shape.ts';
import { broadcastable, numberIn, spreadOver } from './numbers.ts';

/** An op with its facts. */
export type Entry = (typeof registry)[string];

type AnyGateFacts = GateFacts<readonly string[], readonly unknown[]>;
type AnyStructFacts = StructFacts<readonly string[], readonly unknown[]>;

/** One input of one application. Floats are differentiated; truth values and indices are not. */
interface Input {
  readonly role: 'float' | 'truth' | 'index';
  readonly shape: Shape;
  readonly data: readonly number[];
}

/** An op with inputs to apply it to. */
export interface Application {
  readonly entry: Entry;
  readonly inputs: readonly Input[];
  readonly params: readonly unknown[];
  /** Seed of everything else that is random: upstream gradients, weights. */
  readonly seed: number;
}

/** Applications of an op to inputs of its domain. */
export function applications(entry: Entry): fc.Arbitrary<Application> {
  const drawn =
    entry.op.kind === 'gate'
      ? gateInputs(entry, entry.facts as AnyGateFacts)
      : structInputs(entry, entry.facts as AnyStructFacts);
  return fc.tuple(drawn, fc.nat()).map(([{ inputs, params }, seed]) => {
    const application = { entry, inputs, params, seed };
    return Object.assign(application, { [fc.toStringMethod]: () => showApplication(application) });
  });
}

type Drawn = Pick<Application, 'inputs' | 'params'>;

function gateInputs({ op }: Entry, facts: AnyGateFacts): fc.Arbitrary<Drawn> {
  const params = fc.constantFrom(...(facts.params ?? [[]]));
  const inputs = broadcastable(op.inputs.length).chain((shapes) =>
    fc.tuple(...op.inputs.map((name, k) => gateInput(facts, name, shapes[k]))),
  );
  return fc.record({ inputs, params });
}

function gateInput(facts: AnyGateFacts, name: string, shape: Shape): fc.Arbitrary<Input> {
  const role = facts.truths?.includes(name) ? 'truth' : 'float';
  const domain = facts.domain[name] as readonly [number, number];
  const number = role === 'truth' ? fc.constantFrom(0, 1) : numberIn(domain, facts.kinks?.[name]);
  // Two inputs that must differ lie on two lattices, a quarter apart.
  const lattice = facts.kinkWhereEqual?.indexOf(name) ?? -1;
  const apart = lattice === -1 ? number : number.map((x) => Math.round(2 * x) / 2 + lattice / 4);
  return fc
    .array(apart, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((data) => ({ role, shape, data }) as const);
}

/** Where a struct's elements are drawn if its facts do not say. */
const STRUCT_DOMAIN = [-2, 2] as const;

function structInputs({ op }: Entry, facts: AnyStructFacts): fc.Arbitrary<Drawn> {
  return fc.constantFrom(...facts.samples).chain(({ shapes, params = [] }) =>
    fc
      .tuple(
        ...op.inputs.map((name): fc.Arbitrary<Input> => {
          const shape = shapes[name];
          const count = sizeOf(shape);
          const limit = facts.indices?.[name];
          if (limit === undefined) {
            return spreadOver(facts.domain?.[name] ?? STRUCT_DOMAIN, count).map((data) => ({
              role: 'float',
              shape,
              data,
            }));
          }
          return fc
            .array(fc.nat(limit - 1), { minLength: count, maxLength: count })
            .map((data) => ({ role: 'index', shape, data }));
        }),
      )
      .map((inputs) => ({ inputs, params })),
  );
}

/** The op itself, to call. */
export function callable({ op }: Entry): (...args: readonly unknown[]) => Tensor {
  return op as unknown as (...args: readonly unknown[]) => Tensor;
}

/** `count` numbers between ±½ and ±1½: upstream gradients and weights that are never all alike. */
export function drawWeights(seed: number, count: number): Float64Array {
  const generator = new Generator(seed);
  return Float64Array.from({ length: count }, () => generator.uniform(0.5, 1.5) * (generator.uniform() < 0.5 ? -1 : 1));
}

/** As a line that runs. */
function showApplication({ entry, inputs, params }: Application): string {
  const args = inputs.map(({ shape, data, role }) => {
    const text = JSON.stringify(tensor(Float64Array.from(data)).reshape(shape).tolist());
    return `tensor(${text}${role === 'index' ? ", { dtype: 'int32' }" : ''})`;
  });
  return `${entry.op.name}(${[...args, ...params.map((p) => JSON.stringify(p))].join(', ')})`;
}
