import type { Position } from '@backflow/trace';
import { type CallExpression, type NewExpression, type Node, type Program, parse } from 'acorn';
import { simple } from 'acorn-walk';

/** What an engine's call site points at. */
export interface Expression {
  /** `super`: a call of the parent's constructor, which makes nothing of its own. */
  readonly kind: 'new' | 'call' | 'super';
  readonly end: Position;
}

/** Reads a module. Throws acorn's `SyntaxError`, with the place in `loc`. */
export function parseModule(code: string): Program {
  return parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
    allowHashBang: true,
    allowReturnOutsideFunction: true,
  });
}

/** The calls of a program by the place that a stack frame gives for them; line and column from 1. */
export class SyntaxIndex {
  readonly #expressions = new Map<string, Expression>();

  constructor(program: Node) {
    simple(program, {
      NewExpression: (node) => this.#add(node, node, 'new'),
      CallExpression: (node) => this.#add(node, calledAt(node), node.callee.type === 'Super' ? 'super' : 'call'),
    });
  }

  at({ line, column }: Position): Expression | undefined {
    return this.#expressions.get(`${line}:${column}`);
  }

  #add({ loc }: CallExpression | NewExpression, { loc: place }: Node, kind: Expression['kind']): void {
    if (!loc || !place) return;
    const key = `${place.start.line}:${place.start.column + 1}`;
    this.#expressions.set(key, { kind, end: { line: loc.end.line, column: loc.end.column + 1 } });
  }
}

/** The engine gives a call's place as that of the name which is called: `b` in `a.b()`. */
function calledAt({ callee }: CallExpression): Node {
  return callee.type === 'MemberExpression' ? callee.property : callee;
}
