/** What is used of csv-parse 7. Its own declarations load Node's globals, which this package must not see. */

export interface RecordInfo {
  /** The line on which the record ends, from 1. */
  readonly lines: number;
}

export interface Options {
  readonly delimiter: string;
  readonly record_delimiter: string;
  readonly relax_column_count: boolean;
  readonly skip_empty_lines: boolean;
  readonly trim: boolean;
  /** Sees each record; with null it is not collected. What it throws, `parse` throws. */
  readonly on_record: (cells: readonly string[], info: RecordInfo) => null;
}

export declare function parse(text: string, options: Options): unknown[];

export declare class CsvError extends Error {
  readonly code: string;
  /** The line that was reached, from 1. */
  readonly lines: number;
  /** The cell that was reached, from 0. */
  readonly column: number;
}
