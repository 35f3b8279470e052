import { BackwardError } from './errors.ts';
import { RELEASED, type TapeNode, type Variable } from './tape.ts';

/** How gradients are made and added: on numbers, on arrays, or on variables with a tape of their own. */
export interface Algebra<V, G> {
  /** The gradient that input `k` gets through `node`, in the input's shape, from `g`, the gradient of its output. */
  pull(y: V, node: TapeNode<V>, k: number, g: G): G;
  add(a: G, b: G): G;
}

/** How a walk treats the graph. */
export interface WalkOptions<V> {
  /** Leaves the graph usable for another backward. Default false: saved values are let go. */
  readonly retainGraph?: boolean;
  /** Variables to stop at as if they were leaves. */
  readonly stops?: ReadonlySet<V>;
}

/** What a walk found: where gradients ended, and the non-leaves that keep theirs. Each holds its own in `acc`. */
export interface Walked<V> {
  readonly ends: readonly V[];
  readonly retained: readonly V[];
}

let pass = 0;

/**
 * Takes the gradient of `root` back to every leaf it depends on: the one walk for scalars and tensors.
 *
 * Nodes are visited by descending id, the learner's program backwards, so a node's gradient is complete before it
 * is passed on. There is no recursion, and each node is visited once however many paths lead to it. Nothing is
 * written to any `grad` here: if a rule throws midway, no gradient is half added.
 */
export function walk<V extends Variable<V>, G>(
  root: V,
  seed: G,
  algebra: Algebra<V, G>,
  options: WalkOptions<V> = {},
): Walked<V> {
  const { ends, interior } = collect(root, options.stops);
  const retained: V[] = [];
  root.acc = seed;
  for (const y of interior) {
    const node = y.node as TapeNode<V>;
    const g = y.acc as G;
    if (y.retainsGrad) retained.push(y);
    else y.acc = undefined;
    for (let k = 0; k < node.ins.length; k++) {
      const x = node.ins[k];
      if (typeof x === 'number' || !x.requiresGrad || node.op.rules[k] === null) continue;
      const part = algebra.pull(y, node, k, g);
      x.acc = x.acc === undefined ? part : algebra.add(x.acc as G, part);
    }
  }
  if (options.retainGraph !== true) {
    for (const y of interior) (y.node as TapeNode<V>).ins = RELEASED;
  }
  return { ends: ends.filter((x) => x.acc !== undefined), retained };
}

/** The gradient that a walk left, taken away from where it lay. */
export function takeAcc(x: { acc: unknown }): unknown {
  const { acc } = x;
  x.acc = undefined;
  return acc;
}

/**
 * The gradient of `root` at each of `places`, undefined where it does not depend on one. The walk stops there, and
 * leaves the graph and everything else on it as it was.
 */
export function gradientsAt<V extends Variable<V>, G>(
  root: V,
  seed: G,
  algebra: Algebra<V, G>,
  places: readonly V[],
): (G | undefined)[] {
  const { ends, retained } = walk(root, seed, algebra, { retainGraph: true, stops: new Set(places) });
  const gradients = places.map((x) => x.acc as G | undefined);
  for (const x of [...ends, ...retained, ...places]) x.acc = undefined;
  return gradients;
}

/** Everything `root` depends on that wants a gradient: leaves, and the rest in the order of the visit. */
export function collect<V extends Variable<V>>(root: V, stops?: ReadonlySet<V>): { ends: V[]; interior: V[] } {
  if (!root.requiresGrad) {
    throw new BackwardError(
      'no-graph',
      'backward: there is no gradient to compute, since nothing this depends on has requiresGrad, ' +
        'or it was computed inside noGrad or from a detached value.',
    );
  }
  pass++;
  const ends: V[] = [];
  const interior: V[] = [];
  const stack = [root];
  root.mark = pass;
  root.acc = undefined;
  for (let y = stack.pop(); y !== undefined; y = stack.pop()) {
    if (y.node === null || stops?.has(y)) {
      ends.push(y);
      continue;
    }
    if (y.node.ins === RELEASED) throw usedUp(y.node);
    interior.push(y);
    for (let k = 0; k < y.node.ins.length; k++) {
      const x = y.node.ins[k];
      if (typeof x === 'number' || !x.requiresGrad || x.mark === pass || y.node.op.rules[k] === null) continue;
      x.mark = pass;
      x.acc = undefined;
      stack.push(x);
    }
  }
  interior.sort((a, b) => (b.node as TapeNode<V>).id - (a.node as TapeNode<V>).id);
  return { ends, interior };
}

function usedUp<V>(node: TapeNode<V>): BackwardError {
  return new BackwardError(
    'backward-twice',
    `backward: the graph behind this ${node.op.name} has been used by an earlier backward(), which let its saved values go. ` +
      'Compute the loss again, or keep the graph the first time: backward({ retainGraph: true }).',
  );
}
