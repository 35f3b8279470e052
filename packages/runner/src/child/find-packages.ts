import { readFileSync } from 'node:fs';

/** URLs of the folders of the runner and of its own copies of the other `@backflow/*` packages. */
export function findPackages(): string[] {
  const runner = new URL('../../', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', runner), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@backflow/'));
  return [runner.href, ...names.map((name) => new URL('.', import.meta.resolve(`${name}/package.json`)).href)];
}
