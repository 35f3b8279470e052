// XOR: two layers solve it, one cannot. Try it with one: --set hidden=0
import { gates } from '@backflow/datasets';
import { BCELoss, init, Linear, Sequential, SGD, Sigmoid, setting } from '@backflow/nn';

const { x, y } = gates.xor();
const hidden = setting('hidden', 5);

const model =
  hidden === 0
    ? new Sequential(new Linear(2, 1), new Sigmoid())
    : new Sequential(new Linear(2, hidden), new Sigmoid(), new Linear(hidden, 1), new Sigmoid());
for (const parameter of model.parameters()) init.normal_(parameter);

const optimizer = new SGD(model.parameters(), { lr: 1 });
const criterion = new BCELoss();

for (let step = 0; step < 2_000; step++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(x), y);
  loss.backward();
  optimizer.step();
}

const isRight = model.forward(x).gt(0.5).eq(y);
console.log('accuracy', isRight.mean().item());
