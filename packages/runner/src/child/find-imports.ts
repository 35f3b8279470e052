import type { Position } from '@backflow/trace';
import type { Identifier, Literal, Node } from 'acorn';
import { simple } from 'acorn-walk';
import { parseModule } from './syntax-index.ts';

interface Place {
  readonly start: Position;
  readonly end: Position;
}

/** One import of a module, at its specifier's text, and the names that it takes from there. */
export interface Import extends Place {
  readonly specifier: string;
  readonly names: readonly (Place & { readonly name: string })[];
}

/** All imports of a module's code: `import`, `export … from` and `import(…)`. None if it cannot be read. */
export function findImports(code: string): Import[] {
  const found: Import[] = [];
  const add = (source: Node | null | undefined, names: readonly (Identifier | Literal)[] = []): void => {
    if (source?.type !== 'Literal') return;
    const { value } = source as Literal;
    if (typeof value !== 'string') return;
    const taken = names.map((node) => ({ ...placeOf(node), name: node.type === 'Identifier' ? node.name : String(node.value) }));
    found.push({ ...placeOf(source), specifier: value, names: taken });
  };
  try {
    simple(parseModule(code), {
      ImportDeclaration: ({ source, specifiers }) =>
        add(source, specifiers.flatMap((each) => (each.type === 'ImportSpecifier' ? [each.imported] : each.type === 'ImportDefaultSpecifier' ? [{ ...each.local, name: 'default' }] : []))),
      ExportNamedDeclaration: ({ source, specifiers }) => add(source, specifiers.map(({ local }) => local)),
      ExportAllDeclaration: ({ source }) => add(source),
      ImportExpression: ({ source }) => add(source),
    });
  } catch {
    return [];
  }
  return found;
}

function placeOf({ loc }: Node): Place {
  const { start, end } = loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
  return { start: { line: start.line, column: start.column + 1 }, end: { line: end.line, column: end.column + 1 } };
}
