import { tensor } from '@backflow/autograd';
import { expect, test } from 'vitest';
import { ArgumentError, Linear, ReLU, Sequential, Sigmoid } from '../../src/index.ts';

test('each module gets what the one before it gave', () => {
  const [linear, squash] = [new Linear(2, 3), new Sigmoid()];
  const x = tensor([[1, 2]]);
  expect(new Sequential(linear, squash).forward(x).tolist()).toEqual(squash.forward(linear.forward(x)).tolist());
});

test('an empty one gives its input', () => {
  const x = tensor([1]);
  expect(new Sequential().forward(x)).toBe(x);
});

test('it can be appended to, counted and iterated, and names its children 0, 1, …', () => {
  const [first, second] = [new Linear(2, 3), new ReLU()];
  const model = new Sequential(first);
  expect(model.append(second)).toBe(model);
  expect(model.length).toBe(2);
  expect([...model]).toEqual([first, second]);
  expect(model.namedChildren()).toEqual([
    ['0', first],
    ['1', second],
  ]);
});

test.each([
  [[new ReLU()], 'Sequential: module 1 is an array, expected a Module. Spread it: new Sequential(...layers).'],
  [ReLU, 'Sequential: module 1 is a function, expected a Module. Make one of it: new ReLU().'],
  [undefined, 'Sequential: module 1 is undefined, expected a Module.'],
])('what is no module is refused: %#', (given, message) => {
  expect(() => new Sequential(new ReLU(), given as never)).toThrow(new ArgumentError(message));
});
