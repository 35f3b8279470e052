// @ts-check
/** `npm run test:e2e [-- vitest's own arguments]`: packages the extension, and drives it in a real VS Code. */
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

run('packages/vscode-ext/scripts/package.mjs');
const config = 'packages/vscode-ext/vitest.e2e.config.ts';
run('node_modules/vitest/vitest.mjs', 'run', '--config', config, ...process.argv.slice(2));

/** @param {string[]} command a script and its arguments */
function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
