import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { findChromium } from './find-chromium.ts';
import { installVSCode } from './install-vscode.ts';
import type { Tools } from './open-vscode.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tools: Tools;
  }
}

/** Finds or installs, once for all tests, what they run on. */
export async function setup(project: TestProject): Promise<void> {
  const vsix = fileURLToPath(new URL('../../../backflow.vsix', import.meta.url));
  if (!existsSync(vsix))
    throw new Error(`There is no ${vsix}. \`npm run test:e2e\` makes it, and then runs the tests.`);
  const browser = findChromium();
  const install = await installVSCode((text) => process.stderr.write(`${text}\n`));
  project.provide('tools', { install, chromium: browser, vsix });
}
