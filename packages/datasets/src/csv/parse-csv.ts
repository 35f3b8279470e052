import { defaultDtype, type Tensor, tensor } from '@backflow/autograd';
import { parse, CsvError as SyntaxFault } from 'csv-parse/browser/esm/sync';
import { type ColumnOptions, type Columns, chooseColumns } from './choose-columns.ts';
import { CsvError, quote, quoteAll } from './csv-error.ts';
import { readNumber } from './read-number.ts';

/** How a text is read as a table. */
export interface CsvOptions extends ColumnOptions {
  /** What stands between two cells. Default a comma. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
}

/** A table of numbers, cut into what is given and what is asked. */
export interface CsvTable {
  /** Shape [rows, columns.x.length]. */
  readonly x: Tensor;
  /** Shape [rows, columns.y.length]. */
  readonly y: Tensor;
  /** The names of the columns of x and of y. */
  readonly columns: { readonly x: readonly string[]; readonly y: readonly string[] };
}

/**
 * Reads a table of numbers from CSV text (RFC 4180), as tensors of the default float dtype.
 *
 * Lines may end in LF, CRLF or CR, the last one in nothing; a byte order mark, blank lines and spaces around cells are
 * passed over. Only the cells of chosen columns must be numbers. Takes memory for three copies of the text and 40 bytes
 * a chosen cell, whatever the text holds.
 *
 * @throws CsvError with the line, the column, what was found and what was expected.
 * @example
 * const { x, y } = parseCsv('a,b,or\n0,0,0\n0,1,1\n1,0,1\n1,1,1\n');
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  const { file, delimiter = ',' } = options;
  const lf = text.replace(/\r\n?/g, '\n');
  const x: number[] = [];
  const y: number[] = [];
  let columns: Columns | undefined;
  let rows = 0;
  let lastLine = 0;

  const readRow = (row: Row): void => {
    lastLine = row.endLine;
    if (columns === undefined) {
      columns = chooseColumns(row.cells, lineOf(row, 0), options);
      if (options.header !== false) return;
    }
    if (row.cells.length !== columns.names.length) throw raggedRow(row, columns, options);
    rows++;
    for (const i of columns.x) x.push(readCell(row, i, columns, file));
    for (const i of columns.y) y.push(readCell(row, i, columns, file));
  };

  try {
    parse(lf, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      // White space includes the byte order mark.
      trim: true,
      on_record: (cells, { lines }) => {
        readRow({ cells, endLine: lines });
        return null;
      },
    });
  } catch (error) {
    throw error instanceof SyntaxFault ? misplacedQuote(error, findRow(lf, lastLine), file) : error;
  }
  if (columns === undefined || rows === 0) {
    const found = columns === undefined ? 'nothing' : `the header ${quoteAll(columns.names)} alone`;
    throw new CsvError('empty', { file, found, expected: 'at least one row of numbers' });
  }
  const { names } = columns;
  const namesAt = (positions: readonly number[]): string[] => positions.map((i) => names[i]!);
  return {
    x: toTensor(x, rows),
    y: toTensor(y, rows),
    columns: { x: namesAt(columns.x), y: namesAt(columns.y) },
  };
}

function toTensor(numbers: readonly number[], rows: number): Tensor {
  return tensor(Float64Array.from(numbers), { dtype: defaultDtype() }).reshape([rows, numbers.length / rows]);
}

interface Row {
  readonly cells: readonly string[];
  /** Of a row with a line break in a cell, the last. */
  readonly endLine: number;
}

/** The line on which a cell begins. */
function lineOf({ cells, endLine }: Row, i: number): number {
  return endLine - (cells.slice(i).join('').split('\n').length - 1);
}

/** The line of the first row after a line; blank ones are no rows. */
function findRow(lf: string, line: number): number {
  const after = lf.split('\n').slice(line);
  return line + 1 + after.findIndex((text) => text.trim() !== '');
}

function readCell(row: Row, i: number, { names }: Columns, file: string | undefined): number {
  const cell = row.cells[i]!;
  const x = readNumber(cell);
  if (!Number.isNaN(x)) return x;
  const isEmpty = cell.trim() === '';
  throw new CsvError('not-a-number', {
    file,
    line: lineOf(row, i),
    column: i + 1,
    columnName: names[i],
    found: isEmpty ? 'an empty cell' : quote(cell),
    expected: 'a finite number',
    advice: isEmpty
      ? 'Fill it in, or leave out its row or its column.'
      : 'If the column is not meant for training, choose the others: { x: […], y: […] }.',
  });
}

function raggedRow(row: Row, { names }: Columns, { file, delimiter = ',' }: CsvOptions): CsvError {
  const count = row.cells.length;
  return new CsvError('ragged-row', {
    file,
    line: lineOf(row, 0),
    found: `${count} ${count === 1 ? 'cell' : 'cells'}`,
    expected: `${names.length}, one for each of ${quoteAll(names)}`,
    advice: count > names.length ? `A cell with ${quote(delimiter)} in it needs quotes around it.` : undefined,
  });
}

/** @param rowLine the line on which the row with the fault begins. */
function misplacedQuote(fault: SyntaxFault, rowLine: number, file: string | undefined): CsvError {
  const column = fault.column + 1;
  if (fault.code === 'CSV_QUOTE_NOT_CLOSED') {
    const found = 'a quote that is never closed, in the row that begins here';
    return new CsvError('quote', { file, line: rowLine, column, found, expected: 'one more where the cell ends' });
  }
  const found = fault.code === 'INVALID_OPENING_QUOTE' ? 'a quote inside a cell' : 'text after a closing quote';
  const expected = 'quotes around a whole cell, and those inside it doubled: "say ""hello"""';
  return new CsvError('quote', { file, line: fault.lines, column, found, expected });
}
