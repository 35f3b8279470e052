import { tensor } from '@backflow/autograd';
import { BCELoss, Linear, ReLU, Sequential, SGD, Sigmoid } from '../src/index.ts';

const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
const y = tensor([[0], [1], [1], [0]]);
const model = new Sequential(new Linear(2, 5), new ReLU(), new Linear(5, 1), new Sigmoid());
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
const criterion = new BCELoss();

for (let step = 0; step < 2_000; step++) {
  optimizer.zeroGrad();
  const loss = criterion.forward(model.forward(x), y);
  loss.backward();
  optimizer.step();
}

export { model, x };
