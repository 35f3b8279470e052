import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnoses/diagnose.ts';
import { layersOf, stepOf } from '../stories.ts';

const relus = layersOf('ReLU');
const sigmoids = layersOf('Sigmoid');
const same = (figure: number): number[] => Array<number>(10).fill(figure);

describe('dead', () => {
  test('a loss of exactly 0 has nothing left to learn', () => {
    expect(diagnose(relus, [stepOf(1, 1, same(1), same(1)), stepOf(2, 0, same(0), same(0))])).toMatchObject([
      { code: 'healthy' },
    ]);
  });

  test('without a gate that can switch off no cause is claimed', () => {
    const [dead] = diagnose(sigmoids, [stepOf(1, 1, same(0), [1, ...same(0).slice(1)])]);
    expect(dead?.message).toBe(
      'From Linear(5→1) "layers.18" (line 4) back to the input the gradient is exactly 0 since step 1: ' +
        'the 10 layers with weights there learn nothing.',
    );
  });
});

describe('advice for what is dead', () => {
  const dead = (at: number, layers = relus): readonly string[] | undefined => {
    const before = Array.from({ length: at - 1 }, (_, i) => stepOf(i + 1, 1, same(1), same(1)));
    return diagnose(layers, [...before, stepOf(at, 1, same(0), [1, ...same(0).slice(1)])])[0]?.advice;
  };

  test('since the first step does not speak of steps too large', () => {
    for (const layers of [relus, sigmoids]) expect(dead(1, layers)?.join()).not.toContain('learning rate');
  });

  test('after some steps begins with the learning rate', () => {
    for (const layers of [relus, sigmoids]) expect(dead(3, layers)?.[0]).toContain('Lower the learning rate');
  });
});
