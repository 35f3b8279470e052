import type { Position } from '@backflow/trace';
import { transformSync } from '@swc/wasm-typescript';

/** What the type stripper throws: a plain object, with a column as shown in a terminal. */
interface StripperError {
  readonly code: string;
  readonly message: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Why a file cannot be read as a program, and where. */
export interface SyntaxFailure {
  /** Types can only be blanked out; syntax that makes code (`enum`) cannot. */
  readonly isUnsupported: boolean;
  readonly message: string;
  readonly start: Position;
  readonly end: Position;
}

/** The code with its types blanked out in place, or why that is not possible. */
export function stripTypes(text: string): { readonly code: string } | { readonly failure: SyntaxFailure } {
  try {
    return { code: strip(text) };
  } catch (error) {
    return { failure: toFailure(text, error) };
  }
}

function strip(text: string): string {
  return transformSync(text, { mode: 'strip-only' }).code;
}

function toFailure(text: string, thrown: unknown): SyntaxFailure {
  if (!isStripperError(thrown)) {
    const start = { line: 1, column: 1 };
    return { isUnsupported: false, message: String((thrown as Error)?.message ?? thrown), start, end: start };
  }
  const { code, message } = thrown;
  const { startLine, startColumn, endLine, endColumn } = placeOf(text, thrown);
  return {
    isUnsupported: code === 'UnsupportedSyntax',
    message,
    start: { line: startLine, column: startColumn + 1 },
    end: { line: endLine, column: endColumn + 1 },
  };
}

/**
 * The stripper counts columns as a terminal shows them: four for a tab, two for 가. In a text of the same length
 * with one column a code unit it fails at the same place and counts as we do.
 */
function placeOf(text: string, error: StripperError): StripperError {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  const plain = text.replace(/\t/g, ' ').replace(/[^\u0000-\u007f]/g, '_');
  try {
    strip(plain);
  } catch (again) {
    if (isStripperError(again) && again.startLine === error.startLine) return again;
  }
  return error;
}

function isStripperError(thrown: unknown): thrown is StripperError {
  return typeof thrown === 'object' && thrown !== null && 'startLine' in thrown && 'startColumn' in thrown;
}
