import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const kB = 1_000;

/** The program as a page would load it: bundled from the built packages, unused parts dropped, minified. */
async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}

test('a program of scalars is at most 10 kB: it pays for no tensors', async () => {
  const program = `
    import { value } from '@backflow/autograd';
    const [w, x, b] = [value(0.5), value(-2), value(1)];
    w.mul(x).add(b).sigmoid().backward();
    globalThis.gradient = w.grad;
  `;
  expect(gzipped(await bundle(program))).toBeLessThanOrEqual(10 * kB);
});

test('a multilayer perceptron with Adam is at most 30 kB: a third of the smallest peer that trains one as fast', async () => {
  const program = `
    import { tensor } from '@backflow/autograd';
    import { Adam, CrossEntropyLoss, Linear, ReLU, Sequential } from '@backflow/nn';
    const model = new Sequential(new Linear(2, 5), new ReLU(), new Linear(5, 2));
    const optimizer = new Adam(model.parameters(), { lr: 0.001 });
    const loss = new CrossEntropyLoss().forward(model.forward(tensor([[0, 1]])), tensor([1], { dtype: 'int32' }));
    loss.backward();
    optimizer.step();
  `;
  expect(gzipped(await bundle(program))).toBeLessThanOrEqual(30 * kB);
});

test.each(['autograd', 'nn', 'datasets', 'trace', 'insight'])('importing %s does nothing by itself', async (name) => {
  expect(await bundle(`import '@backflow/${name}';`)).toBe('');
  // The bundler takes the manifest's word for that. Node does not: no global is new, and nothing is printed.
  const look = `const known = Reflect.ownKeys(globalThis);
    import('@backflow/${name}').then(() => console.log(Reflect.ownKeys(globalThis).filter((key) => !known.includes(key))));`;
  expect(execFileSync(process.execPath, ['-e', look], { cwd: root, encoding: 'utf8' })).toBe('[]\n');
});
