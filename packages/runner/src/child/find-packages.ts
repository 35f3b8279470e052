import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Places } from './places.ts';

/** URLs of the folders of the runner and of its own copies of the other `@backflow/*` packages. */
export function findPackages(): string[] {
  const runner = new URL('../../', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', runner), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@backflow/'));
  return [runner.href, ...names.map((name) => new URL('.', import.meta.resolve(`${name}/package.json`)).href)];
}

/** Whether a training file finds `@backflow/*` packages in a folder above it that are not the runner's own. */
export function hasOwnInstall({ trainingFile, packages }: Places): boolean {
  for (let folder = new URL('.', trainingFile); ; folder = new URL('..', folder)) {
    const scope = new URL('node_modules/@backflow/', folder);
    const installed = existsSync(scope) ? readdirSync(scope).map((name) => realpathSync(new URL(name, scope))) : [];
    if (installed.some((path) => !packages.includes(`${pathToFileURL(path).href}/`))) return true;
    if (new URL('..', folder).href === folder.href) return false;
  }
}
