// XOR again, with nine hidden layers. Deeper should be better. Why does it learn nothing?
import { manualSeed } from '@backflow/autograd';
import { gates } from '@backflow/datasets';
import { BCELoss, init, Linear, Sequential, SGD, Sigmoid } from '@backflow/nn';

manualSeed(1);
const { x, y } = gates.xor();

const hidden = [];
for (let i = 0; i < 9; i++) {
  hidden.push(new Linear(i === 0 ? 2 : 5, 5));
  hidden.push(new Sigmoid());
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
