// @ts-check
/** `npm start`: the main job. The same deep net twice: the gradient vanishes through sigmoids and arrives through ReLUs. */
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

const lessons = ['lessons/05-nine-hidden-sigmoid/train.ts', 'lessons/06-nine-hidden-relu/train.ts'];

for (const lesson of lessons) {
  console.log(`\n$ npx --no-install backflow run ${lesson}\n`);
  const { status } = spawnSync(process.execPath, ['packages/runner/bin/backflow.js', 'run', lesson], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
