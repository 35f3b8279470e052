// The same nine hidden layers, with ReLU between them. Only the output is still a sigmoid.
import { manualSeed } from '@backflow/autograd';
import { gates } from '@backflow/datasets';
import { BCELoss, init, Linear, ReLU, Sequential, SGD, Sigmoid } from '@backflow/nn';

manualSeed(1); // one that learns; with --seed 0 all units of a layer die
const { x, y } = gates.xor();

const hidden = [];
for (let i = 0; i < 9; i++) {
  hidden.push(new Linear(i === 0 ? 2 : 5, 5));
  hidden.push(new ReLU());
}
const output = new Linear(5, 1);
const model = new Sequential(...hidden, output, new Sigmoid());

for (const [name, parameter] of model.namedParameters()) {
  if (name.endsWith('weight')) init.uniform_(parameter, -1, 1);
  else init.zeros_(parameter);
}

const optimizer = new SGD(model.parameters(), { lr: 0.1 });
const criterion = new BCELoss();

for (let step = 0; step < 2_000; step++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(x), y);
  loss.backward();
  optimizer.step();
}

const isRight = model.forward(x).gt(0.5).eq(y);
console.log('accuracy', isRight.mean().item());
