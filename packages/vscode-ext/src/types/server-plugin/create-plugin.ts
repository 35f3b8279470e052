/**
 * A plugin of VS Code's TypeScript server: gives `@backflow/*` its types where the learner has installed nothing.
 * It is bundled on its own, to the place in `node_modules` where that server looks for it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TYPED_PACKAGES, typesOf } from '../find-types.ts';

/** The little that we touch of the server's own types. */
interface Resolution {
  readonly resolvedModule?:
    | { readonly resolvedFileName: string; readonly extension: string; readonly isExternalLibraryImport: boolean }
    | undefined;
}
type Resolve = (literals: readonly { readonly text: string }[], ...rest: unknown[]) => readonly Resolution[];
interface Project {
  readonly languageServiceHost: { resolveModuleNameLiterals?: Resolve };
  readonly languageService: unknown;
}
interface Plugin {
  create(project: Project): unknown;
}

/** As the server asks for a plugin: a factory. */
export function createPlugin(): Plugin {
  // Beside this plugin lie the packages that runs use.
  const types = readTypes(join(__dirname, '..', '@backflow'));
  return {
    create({ languageServiceHost: host, languageService }) {
      const resolve = host.resolveModuleNameLiterals?.bind(host);
      if (resolve) {
        host.resolveModuleNameLiterals = (literals, ...rest) =>
          resolve(literals, ...rest).map((found, index) => addTypes(found, types.get(literals[index]?.text ?? '')));
      }
      return languageService;
    },
  };
}

/** The declaration file, by its absolute path, of everything that a training file may import from us. */
function readTypes(packages: string): Map<string, string> {
  const types = new Map<string, string>();
  for (const name of TYPED_PACKAGES) {
    const folder = join(packages, name);
    for (const [specifier, file] of typesOf(name, readFileSync(join(folder, 'package.json'), 'utf8')))
      types.set(specifier, join(folder, file).replaceAll('\\', '/'));
  }
  return types;
}

/** What the learner has installed comes first. */
function addTypes(found: Resolution, resolvedFileName: string | undefined): Resolution {
  if (found.resolvedModule || resolvedFileName === undefined) return found;
  return { ...found, resolvedModule: { resolvedFileName, extension: '.d.ts', isExternalLibraryImport: true } };
}
