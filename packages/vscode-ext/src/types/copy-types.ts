import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TYPED_PACKAGES, typesOf } from './find-types.ts';

/**
 * Copies the declarations of `@backflow/*` to a folder, one folder a package, in place of those that are there.
 *
 * Each copy is a package without code: Node finds nothing to run in it, and a run takes the runner's own.
 *
 * @param packages the folder of our packages
 * @returns the declaration file of each public path, below `target`, with `/`
 */
export async function copyTypes(packages: string, target: string): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  for (const name of TYPED_PACKAGES) {
    const [from, to] = [join(packages, name), join(target, name)];
    const manifest = await readFile(join(from, 'package.json'), 'utf8');
    await rm(to, { recursive: true, force: true });
    await mkdir(to, { recursive: true });
    await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.js') });
    await writeFile(join(to, 'package.json'), withoutCode(manifest));
    for (const [specifier, file] of typesOf(name, manifest)) types.set(specifier, `${name}/${file}`);
  }
  return types;
}

/** The manifest of a package of types only. */
function withoutCode(manifest: string): string {
  const { name, version, exports } = JSON.parse(manifest);
  return `${JSON.stringify({ name, version, private: true, type: 'module', exports }, null, 2)}\n`;
}
