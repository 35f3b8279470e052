// @ts-check
/** `npm run check [gate …]`: every gate, or the named ones, side by side. One red gate does not hide the others. */
import { turbo } from './setup.mjs';

const named = process.argv.slice(2);
const gates = named.length > 0 ? named : ['typecheck', 'check:lint', 'check:arrows', 'check:dead-code', 'package'];
const { code } = await turbo(['run', ...gates, '--continue=always', '--log-order=grouped', '--log-prefix=none']);
process.exit(code);
