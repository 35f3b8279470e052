/**
 * What observing costs: node benchmarks/observers.mjs [ROUNDS], after `npm run build`.
 *
 * Three loops do the same arithmetic, to the same bits: one without modules, in which no observer code can run; one with
 * modules and nobody listening; one with a listener that reads every layer's figure at every step. A second copy of the
 * first shows how much two equal loops differ on this machine. Times are the processor's, which neighbours disturb least.
 */

import { linear, manualSeed, randn, relu, sigmoid, tensor } from '../packages/autograd/dist/index.js';
import {
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  crossEntropy,
  Linear,
  binaryCrossEntropyWithLogits as logitLoss,
  ReLU,
  Sequential,
  SGD,
  Sigmoid,
} from '../packages/nn/dist/index.js';
import { gradientNorm, isLayer, observe } from '../packages/nn/dist/observe.js';

/** @typedef {import('../packages/autograd/dist/index.js').Tensor} Tensor */
/** @typedef {{ x: Tensor, y: Tensor }} Data */
/** @typedef {new () => { forward(input: Tensor, target: Tensor): Tensor }} Criterion */
/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {number} stepsPerRound
 * @property {number[]} sizes
 * @property {() => Data} data
 * @property {typeof Sigmoid | typeof ReLU} activation
 * @property {(x: Tensor) => Tensor} activate
 * @property {Criterion} criterion
 * @property {(input: Tensor, target: Tensor) => Tensor} loss
 */
/** @typedef {(workload: Workload, model: Sequential, data: Data) => () => Tensor} LoopOf A loop's one step. */

const rounds = Number(process.argv[2] ?? 60);
const WARM_UP_ROUNDS = 10;
const LR = 0.1;

/** @type {Workload[]} */
const workloads = [
  {
    name: 'W2: 2-5×9-1 sigmoid, 4 rows',
    stepsPerRound: 60,
    sizes: [2, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1],
    data: () => ({
      x: tensor([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
      y: tensor([[0], [1], [1], [0]]),
    }),
    activation: Sigmoid,
    activate: sigmoid,
    criterion: BCEWithLogitsLoss,
    loss: logitLoss,
  },
  {
    name: 'wide: 64-128-128-10 ReLU, 32 rows',
    stepsPerRound: 3,
    sizes: [64, 128, 128, 10],
    data: () => ({
      x: randn([32, 64]),
      y: tensor(
        Array.from({ length: 32 }, (_, i) => i % 10),
        { dtype: 'int32' },
      ),
    }),
    activation: ReLU,
    activate: relu,
    criterion: CrossEntropyLoss,
    loss: crossEntropy,
  },
];

/** @param {Workload} workload */
function modelOf({ sizes, activation }) {
  const layers = sizes.slice(1).flatMap((size, i) => [new Linear(sizes[i] ?? 0, size), new activation()]);
  return new Sequential(...layers.slice(0, -1));
}

/**
 * The loop without a module or an optimiser: functions on tensors, and the weights changed by hand.
 * @type {LoopOf}
 */
const functionalLoop = ({ activate, loss }, model, { x, y }) => {
  const layers = [...model].filter((module) => module instanceof Linear);
  const params = model.parameters();
  return () => {
    for (const parameter of params) parameter.grad = null;
    let h = x;
    layers.forEach(({ weight, bias }, i) => {
      h = linear(h, weight, bias);
      if (i < layers.length - 1) h = activate(h);
    });
    const l = loss(h, y);
    l.backward();
    for (const parameter of params) {
      const { storage } = parameter;
      const gradient = parameter.grad?.storage ?? [];
      for (let j = 0; j < storage.length; j++) storage[j] = Number(storage[j]) - LR * Number(gradient[j]);
      parameter.markChanged('by hand');
    }
    return l;
  };
};

/** @type {LoopOf} */
const moduleLoop = ({ criterion: Criterion }, model, { x, y }) => {
  const optimizer = new SGD(model.parameters(), { lr: LR });
  const criterion = new Criterion();
  return () => {
    optimizer.zeroGrad();
    const l = criterion.forward(model.forward(x), y);
    l.backward();
    optimizer.step();
    return l;
  };
};

/**
 * Each loop with a model of its own, all from the same seed.
 * @param {Workload} workload
 * @returns {Record<string, (steps: number) => number>}
 */
function makeLoops(workload) {
  /** @param {LoopOf} loopOf */
  const build = (loopOf) => {
    manualSeed(0);
    return loopOf(workload, modelOf(workload), workload.data());
  };
  /** @type {import('../packages/nn/dist/index.js').Module[]} */
  const layers = [];
  let figures = 0;
  /** @type {import('../packages/nn/dist/observe.js').Observer} */
  const listener = {
    moduleMade: (module) => layers.push(module),
    stepped: () => {
      for (const layer of shown) figures += gradientNorm(layer) ?? 0;
    },
  };
  const stop = observe(listener);
  const observed = build(moduleLoop);
  const shown = layers.filter(isLayer);
  stop();
  /** @type {(step: () => Tensor) => (steps: number) => number} */
  const plain = (step) => (steps) => {
    let loss = 0;
    for (let i = 0; i < steps; i++) loss = step().item();
    return loss;
  };
  return {
    'without modules': plain(build(functionalLoop)),
    'without modules, again': plain(build(functionalLoop)),
    'modules, nobody listens': plain(build(moduleLoop)),
    'modules, observed': (steps) => {
      const stopNow = observe(listener);
      const loss = plain(observed)(steps);
      stopNow();
      if (!(figures > 0)) throw new Error('the listener saw no gradient');
      return loss;
    },
  };
}

/** @param {NodeJS.CpuUsage} usage */
function microseconds({ user, system }) {
  return user + system;
}

/** @param {number[]} xs */
function median(xs) {
  return [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN;
}

for (const workload of workloads) {
  const loops = Object.entries(makeLoops(workload));
  const times = new Map(loops.map(([name]) => [name, /** @type {number[]} */ ([])]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const losses = new Set();
    // Each round starts with another loop, so that none always runs in the heat of the same neighbour.
    const turn = (round + WARM_UP_ROUNDS) % loops.length;
    for (const [name, run] of [...loops.slice(turn), ...loops.slice(0, turn)]) {
      const start = process.cpuUsage();
      losses.add(run(workload.stepsPerRound));
      if (round >= 0) times.get(name)?.push(microseconds(process.cpuUsage(start)) / workload.stepsPerRound);
    }
    if (losses.size !== 1) throw new Error(`the loops differ: losses ${[...losses].join(', ')}`);
  }
  const base = times.get('without modules') ?? [];
  console.log(
    `${workload.name}: medians of ${rounds} rounds of ${workload.stepsPerRound} steps, Node ${process.versions.node}`,
  );
  for (const [name, own] of times) {
    const ratio = median(own.map((time, round) => time / Number(base[round])));
    console.log(`  ${name.padEnd(24)} ${median(own).toFixed(1).padStart(8)} µs a step   × ${ratio.toFixed(3)}`);
  }
}
