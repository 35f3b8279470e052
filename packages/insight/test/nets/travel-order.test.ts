import type { LayerEvent } from '@backflow/trace';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { sortByTravel } from '../../src/nets/travel-order.ts';
import { anyLayers } from '../arbitraries.ts';

function layersAt(...paths: string[]): LayerEvent[] {
  return paths.map((path, index) => ({
    type: 'layer',
    id: index + 1,
    kind: 'Linear',
    label: 'Linear',
    path,
    parameters: [],
    figure: 'weight',
  }));
}
const pathsFromLoss = (...paths: string[]): string[] => sortByTravel(layersAt(...paths)).map(({ path }) => path);

test.prop([fc.shuffledSubarray(Array.from({ length: 15 }, (_, i) => `layers.${i}`))])(
  'the layers of a Sequential come from the last index down, whatever order they were made in',
  (paths) => {
    const indices = pathsFromLoss(...paths).map((path) => Number(path.split('.')[1]));
    expect(indices).toEqual(indices.toSorted((a, b) => b - a));
  },
);

test.prop([anyLayers])('sorting loses no layer and adds none', (layers) => {
  expect(sortByTravel(layers).toSorted((a, b) => a.id - b.id)).toEqual(layers);
});

test('named members count in the order they were made', () => {
  expect(pathsFromLoss('input', 'body.0', 'body.1', 'answer')).toEqual(['answer', 'body.1', 'body.0', 'input']);
  expect(pathsFromLoss('z.1', 'a', 'z.0')).toEqual(['a', 'z.1', 'z.0']);
});

test('a container stands on the side of the loss of what it contains, the model itself before all', () => {
  expect(pathsFromLoss('', 'layers.0', 'layers.1.0', 'layers.1')).toEqual(['', 'layers.1', 'layers.1.0', 'layers.0']);
});

test('without unique paths the last made is nearest the loss', () => {
  expect(sortByTravel(layersAt('layers.1', 'layers.0', 'layers.0')).map(({ id }) => id)).toEqual([3, 2, 1]);
});
