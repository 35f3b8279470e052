import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { runFiles, textAt } from './training-folder.ts';

/** Ends a training file with one step through all its layers, so that each has its event. */
const TRAIN = `
const optimizer = new SGD(all.flatMap((layer) => layer.parameters()), { lr: 0.1 });
for (const layer of all) layer.forward(ones([1, 2], { requiresGrad: true })).sum().backward();
optimizer.step();
`;

/** The texts of the places of all layers, in the order in which they were made. */
async function placesOf(lines: string, files: Readonly<Record<string, string>> = {}): Promise<(string | undefined)[]> {
  const head = `import { ones, type Tensor } from '@backflow/autograd';
import { Linear, Module, ReLU, SGD, Sequential, Sigmoid } from '@backflow/nn';\n`;
  const { events, layers, error } = await runFiles({ 'train.ts': head + lines + TRAIN, ...files });
  expect(error).toBeUndefined();
  return layers.map(({ at }) => textAt(events, at));
}

describe.concurrent('the place of a layer is its whole expression', () => {
  test('with several on one line, across lines, and in a loop', async () => {
    const places = await placesOf(`
const one: Module[] = []; const a = new Linear(2, 2), b: Linear = new Linear(2, 2); const all: any[] = [a, b, new Sigmoid()];
for (let i = 0; i < 3; i++) all.push(new Linear(2, 2));
all.push(new Sequential(new Linear(2, 2), new ReLU(), new Linear(
  2, // in
  2,
)));`);
    expect(places).toEqual([
      ...Array(2).fill('new Linear(2, 2)'),
      'new Sigmoid()',
      ...Array(3).fill('new Linear(2, 2)'),
      'new Linear(2, 2)',
      'new ReLU()',
      'new Linear(\n  2, // in\n  2,\n)',
    ]);
  });

  test('behind casts, generics and wide characters, counted in UTF-16', async () => {
    const [place] = await placesOf(`
const 이름: Record<'가나😀', string> = { '가나😀': '😀' }; const all: any[] = [(null as any) ?? new Linear(2 as number, (2)!) as Module];`);
    expect(place).toBe('new Linear(2 as number, (2)!)');
  });

  test('in a helper, in another file and in a callback; of a class by its variable', async () => {
    const places = await placesOf(
      `import { makeLayer } from './layers/make.js';
const local = (size: number): Linear => new Linear(size, size);
const all: any[] = [local(2), makeLayer(2), ...[2, 2].map((n) => new Linear(n, n)), ((Kind: typeof Linear) => new Kind(2, 2))(Linear), Reflect.construct(Linear, [2, 2])];`,
      {
        'layers/make.ts': `import { Linear } from '@backflow/nn';
interface Unused { a: number }
export function makeLayer(size: number): Linear {
  return new Linear(size, 2);
}
`,
      },
    );
    expect(places).toEqual([
      'new Linear(size, size)',
      'new Linear(size, 2)',
      'new Linear(n, n)',
      'new Linear(n, n)',
      'new Kind(2, 2)',
      'construct(Linear, [2, 2])',
    ]);
  });

  test('of a class of their own is its new, and the layers in it have their own', async () => {
    const places = await placesOf(`
class Wide extends Linear { constructor(n: number) { super(n, n); } }
class Plain extends Wide {}
class Net extends Module {
  first = new Linear(2, 2);
  second: Linear;
  constructor() { super(); this.second = new Wide(2); }
  override forward(x: Tensor): Tensor { return this.second.forward(this.first.forward(x)); }
}
const all: any[] = [new Wide(2), new Plain(2), new Net()];`);
    expect(places).toEqual(['new Wide(2)', 'new Plain(2)', 'new Linear(2, 2)', 'new Wide(2)']);
  });

  test('speaks of the text by its hash, and of another file by its path', async () => {
    const { events, layers } = await runFiles({
      'train.ts': `import { all } from './parts/model.ts';\nimport { ones } from '@backflow/autograd';\nimport { SGD } from '@backflow/nn';${TRAIN}`,
      'parts/model.ts': `import { Linear } from '@backflow/nn';\r\nexport const all = [new Linear(2, 2)];\r\n`,
    });
    const [at] = layers.map((layer) => layer.at);
    const source = events.find((event) => event.type === 'source' && event.file === 'parts/model.ts');
    if (source?.type !== 'source') throw new Error('the other file has no source event');
    expect(source.hash).toBe(createHash('sha256').update(source.text).digest('hex'));
    expect(at).toEqual({
      file: 'parts/model.ts',
      hash: source.hash,
      start: { line: 2, column: 21 },
      end: { line: 2, column: 37 },
    });
    expect(events.indexOf(source)).toBeLessThan(events.findIndex((event) => event.type === 'layer'));
  });
});
