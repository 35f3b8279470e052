import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Entry } from './application.ts';

// The table of facts is derived, and a stale one would leave an op out.
execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/generate-facts.mjs', import.meta.url))]);

/** Every op with its facts, by the name under which it is exported. */
export const registry: Readonly<Record<string, Entry>> = (await import('../../src/facts.ts')).registry;
