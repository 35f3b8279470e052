import { BackflowError } from '@backflow/autograd';

/**
 * What is wrong with a table:
 * - `empty`: it has no row of numbers;
 * - `no-header`: its first row holds numbers and not names;
 * - `duplicate-column`, `unknown-column`: a name stands twice in the header, or not at all;
 * - `too-few-columns`: there is none left for x or y;
 * - `ragged-row`: a row has more or fewer cells than the first;
 * - `not-a-number`: a cell of a chosen column is none, or is not finite;
 * - `quote`: a quoted cell does not end as it should.
 */
export type CsvErrorCode =
  | 'empty'
  | 'no-header'
  | 'duplicate-column'
  | 'unknown-column'
  | 'too-few-columns'
  | 'ragged-row'
  | 'not-a-number'
  | 'quote';

/** Where something does not fit, and what would. */
export interface CsvErrorDetails {
  readonly file?: string | undefined;
  /** From 1, as an editor counts: where the cell begins, or else its row. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
  readonly columnName?: string | undefined;
  /** What stands there, in words. */
  readonly found: string;
  readonly expected: string;
  /** What to try, in sentences. */
  readonly advice?: string | undefined;
}

/** A text that is no table of numbers. */
export class CsvError extends BackflowError {
  declare readonly code: CsvErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly found: string;
  readonly expected: string;

  constructor(code: CsvErrorCode, details: CsvErrorDetails) {
    const { file, line, column, columnName, found, expected, advice } = details;
    const where = [file ?? 'CSV'];
    if (line !== undefined) where.push(`line ${line}`);
    if (column !== undefined) where.push(`column ${column}${columnName === undefined ? '' : ` ${quote(columnName)}`}`);
    super(
      code,
      `${where.join(', ')}: found ${found}, expected ${expected}.${advice === undefined ? '' : ` ${advice}`}`,
    );
    this.file = file;
    this.line = line;
    this.column = column;
    this.found = found;
    this.expected = expected;
  }
}

/** Long enough to recognise a cell by, short enough to stand in a message. */
const EXCERPT_LENGTH = 40;

/** As many names as one line holds. */
const NAMES_SHOWN = 10;

/** A cell or name in quotes, cut to an excerpt. */
export function quote(text: string): string {
  return JSON.stringify(text.length <= EXCERPT_LENGTH ? text : `${text.slice(0, EXCERPT_LENGTH)}…`);
}

/** A list of names in quotes, the first few of them. */
export function quoteAll(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map(quote).join(', ');
  return names.length <= NAMES_SHOWN ? shown : `${shown} and ${names.length - NAMES_SHOWN} more`;
}
