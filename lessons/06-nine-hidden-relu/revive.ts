// Three cures for the seeds in which all units of a layer die: --set cure=he, cure=wide or cure=leaky
import { manualSeed } from '@backflow/autograd';
import { gates } from '@backflow/datasets';
import { BCELoss, init, LeakyReLU, Linear, ReLU, Sequential, SGD, Sigmoid, setting } from '@backflow/nn';

manualSeed(11); // one that dies in train.ts
const { x, y } = gates.xor();
const cure = setting('cure', 'he');
const width = cure === 'wide' ? 10 : 5;

const hidden = [];
for (let i = 0; i < 9; i++) {
  hidden.push(new Linear(i === 0 ? 2 : width, width));
  hidden.push(cure === 'leaky' ? new LeakyReLU(0.1) : new ReLU());
}
const output = new Linear(width, 1);
const model = new Sequential(...hidden, output, new Sigmoid());

for (const [name, parameter] of model.namedParameters()) {
  if (!name.endsWith('weight')) init.zeros_(parameter);
  else if (cure === 'he') init.kaimingUniform_(parameter);
  else init.uniform_(parameter, -1, 1);
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
