// Deeper and wider: 2 → 5 → 4 → 1. Each layer's outputs are the next one's inputs.
import { gates } from '@backflow/datasets';
import { BCELoss, init, Linear, Sequential, SGD, Sigmoid } from '@backflow/nn';

const { x, y } = gates.xor(); // x is [4, 2], y is [4, 1]

const model = new Sequential(
  new Linear(2, 5), // [4, 2] → [4, 5]
  new Sigmoid(),
  new Linear(5, 4), // [4, 5] → [4, 4]
  new Sigmoid(),
  new Linear(4, 1), // [4, 4] → [4, 1]
  new Sigmoid(),
);
for (const parameter of model.parameters()) init.normal_(parameter);

const optimizer = new SGD(model.parameters(), { lr: 1 });
const criterion = new BCELoss();

for (let step = 0; step < 3_000; step++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(x), y);
  loss.backward();
  optimizer.step();
}

const isRight = model.forward(x).gt(0.5).eq(y);
console.log('accuracy', isRight.mean().item());
