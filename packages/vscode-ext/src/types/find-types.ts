/** What is read of a package's own `package.json`. */
interface Manifest {
  readonly version: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

/** Packages that a training file may import: these have their types in the extension. */
export const TYPED_PACKAGES: readonly string[] = ['autograd', 'nn', 'datasets'];

/**
 * The declaration file of each public path of a package, as its own `exports` name them: `@backflow/nn` →
 * `dist/index.d.ts`.
 *
 * @param name without `@backflow/`
 * @param manifest its `package.json`, as text
 */
export function typesOf(name: string, manifest: string): Map<string, string> {
  const { exports = {} } = JSON.parse(manifest) as Manifest;
  const types = new Map<string, string>();
  for (const [path, entry] of Object.entries(exports)) {
    if (typeof entry === 'string' || entry.types === undefined) continue;
    types.set(`@backflow/${name}${path.slice(1)}`, entry.types.replace(/^\.\//, ''));
  }
  return types;
}
