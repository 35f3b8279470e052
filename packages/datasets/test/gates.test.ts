import { expect, test } from 'vitest';
import { gates } from '../src/index.ts';

// The truth tables as a textbook prints them, for the inputs 00, 01, 10, 11.
test.each([
  ['and', [0, 0, 0, 1]],
  ['nand', [1, 1, 1, 0]],
  ['or', [0, 1, 1, 1]],
  ['nor', [1, 0, 0, 0]],
  ['xor', [0, 1, 1, 0]],
  ['xnor', [1, 0, 0, 1]],
] as const)('%s answers as its truth table says', (name, answers) => {
  const { x, y } = gates[name]();
  expect(x.tolist()).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(y.tolist()).toEqual(answers.map((answer) => [answer]));
  expect([x.dtype, y.dtype]).toEqual(['float64', 'float64']);
});

test('each call gives tables of its own', () => {
  gates.or().y.fill_(7);
  expect(gates.or().y.tolist()).toEqual([[0], [1], [1], [1]]);
});
