// @ts-check
/** `npm run package`: makes `backflow.vsix` from the built packages, the same bytes from the same files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { stageExtension } from './stage.mjs';

const stage = fileURLToPath(new URL('../dist/extension', import.meta.url));
const vsix = fileURLToPath(new URL('../backflow.vsix', import.meta.url));

// Entries are sorted and carry this time, not that of their making.
process.env.SOURCE_DATE_EPOCH ??= '1700000000';
await stageExtension(stage);
// All that is laid out there is to be shipped.
writeFileSync(join(stage, '.vscodeignore'), '');
await createVSIX({ cwd: stage, packagePath: vsix, allowMissingRepository: true });
