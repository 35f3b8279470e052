import { CsvError, quote, quoteAll } from './csv-error.ts';
import { readNumber } from './read-number.ts';

/** What the columns are, and which of them are wanted. */
export interface ColumnOptions {
  /**
   * Whether the first row holds names; without one they are `column_1`, `column_2` and so on. Default true, but then a
   * first row of nothing but numbers is an error: it is more likely data.
   */
  readonly header?: boolean;
  /** Columns that go into x, in this order. Default: all that y does not take. */
  readonly x?: string | readonly string[];
  /** Columns that go into y, in this order. Default: the last that x does not take. */
  readonly y?: string | readonly string[];
  /** What errors call the text: the name of its file. */
  readonly file?: string;
}

/** The columns of a table, in its order, and where in a row the chosen ones stand, from 0. */
export interface Columns {
  readonly names: readonly string[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Finds the columns from the table's first row.
 *
 * @throws CsvError where the names are no names, are not unique or are not those that were asked for.
 */
export function chooseColumns(first: readonly string[], line: number, options: ColumnOptions): Columns {
  const { file } = options;
  const names = nameColumns(first, line, options);
  const positions = findPositions(names, line, file);
  const find = (name: string): number => {
    const position = positions.get(name);
    if (position !== undefined) return position;
    const found = `no column ${quote(name)}`;
    throw new CsvError('unknown-column', { file, line, found, expected: `one of ${quoteAll(names)}` });
  };
  const except = (taken: readonly number[]): number[] => {
    const others = new Set(positions.values());
    for (const position of taken) others.delete(position);
    return [...others];
  };
  const asked = options.x === undefined ? undefined : [options.x].flat().map(find);
  const y = options.y === undefined ? except(asked ?? []).slice(-1) : [options.y].flat().map(find);
  const x = asked ?? except(y);
  if (x.length === 0 || y.length === 0) {
    throw new CsvError('too-few-columns', {
      file,
      line,
      found: `no column for ${x.length === 0 ? 'x' : 'y'} among ${quoteAll(names)}`,
      expected: 'at least one for x and one for y',
      advice: adviseDelimiter(names),
    });
  }
  return { names, x, y };
}

function nameColumns(first: readonly string[], line: number, { header, file }: ColumnOptions): readonly string[] {
  if (header === false) return first.map((_, i) => `column_${i + 1}`);
  if (header === undefined && !first.some((cell) => Number.isNaN(readNumber(cell)))) {
    throw new CsvError('no-header', {
      file,
      line,
      found: `the numbers ${quoteAll(first)} in the first row`,
      expected: 'the names of the columns',
      advice: 'If this row is data, pass { header: false }; if these are the names, { header: true }.',
    });
  }
  return first;
}

function findPositions(names: readonly string[], line: number, file: string | undefined): Map<string, number> {
  const positions = new Map<string, number>();
  names.forEach((name, i) => {
    const before = positions.get(name);
    if (before !== undefined) {
      throw new CsvError('duplicate-column', {
        file,
        line,
        column: i + 1,
        found: `the name ${quote(name)}, which column ${before + 1} has`,
        expected: 'a name of its own for each column',
      });
    }
    positions.set(name, i);
  });
  return positions;
}

const OTHER_DELIMITERS = [';', '\t', '|'];

function adviseDelimiter([name, ...others]: readonly string[]): string | undefined {
  const delimiter = OTHER_DELIMITERS.find((candidate) => others.length === 0 && name?.includes(candidate));
  return delimiter && `If ${quote(delimiter)} stands between the cells, pass { delimiter: ${quote(delimiter)} }.`;
}
