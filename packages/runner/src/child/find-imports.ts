import type { Position } from '@backflow/trace';
import type { Identifier, ImportDeclaration, Literal, Node } from 'acorn';
import { simple } from 'acorn-walk';
import { parseModule } from './syntax-index.ts';

interface Place {
  readonly start: Position;
  readonly end: Position;
}

/** A name that an import takes from its module: `default` for the default export. */
interface ImportedName extends Place {
  readonly name: string;
}

/** One import of a module, at its specifier's text. */
export interface Import extends Place {
  readonly specifier: string;
  readonly names: readonly ImportedName[];
}

/** All imports of a module's code: `import`, `export … from` and `import(…)`. None if it cannot be read. */
export function findImports(code: string): Import[] {
  const found: Import[] = [];
  const add = (source: Node | null | undefined, names: readonly ImportedName[] = []): void => {
    const specifier = source?.type === 'Literal' && (source as Literal).value;
    if (source && typeof specifier === 'string') found.push({ ...placeOf(source), specifier, names });
  };
  try {
    simple(parseModule(code), {
      ImportDeclaration: ({ source, specifiers }) => add(source, specifiers.flatMap(namesOf)),
      ExportNamedDeclaration: ({ source, specifiers }) =>
        add(
          source,
          specifiers.map(({ local }) => toName(local)),
        ),
      ExportAllDeclaration: ({ source }) => add(source),
      ImportExpression: ({ source }) => add(source),
    });
  } catch {
    return [];
  }
  return found;
}

function namesOf(specifier: ImportDeclaration['specifiers'][number]): ImportedName[] {
  if (specifier.type === 'ImportSpecifier') return [toName(specifier.imported)];
  return specifier.type === 'ImportDefaultSpecifier' ? [{ ...placeOf(specifier), name: 'default' }] : [];
}

function toName(node: Identifier | Literal): ImportedName {
  return { ...placeOf(node), name: node.type === 'Identifier' ? node.name : String(node.value) };
}

function placeOf({ loc }: Node): Place {
  const { start, end } = loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
  return { start: { line: start.line, column: start.column + 1 }, end: { line: end.line, column: end.column + 1 } };
}
