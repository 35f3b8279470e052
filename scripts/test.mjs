// @ts-check
/** `npm test [-- vitest's own arguments]`: every test, or those in the files named. */
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit' }).status ?? 1);
