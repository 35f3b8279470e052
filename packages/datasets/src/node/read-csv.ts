import { fileURLToPath } from 'node:url';
import { type CsvOptions, type CsvTable, parseCsv } from '../csv/parse-csv.ts';
import { readText } from './read-text.ts';

/** At worst, in cells of one digit, this takes a minute and 1.6 GB of memory. What is larger deserves a binary format. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * Reads a table of numbers from a CSV file in UTF-8, of at most 64 MiB.
 *
 * @param path a path from the folder of the terminal, or a URL: `new URL('or.csv', import.meta.url)` lies beside the
 *   program.
 * @throws DataFileError where the file cannot be read.
 * @throws CsvError where it is no table of numbers, with the file, the line and the column.
 */
export async function readCsv(path: string | URL, options: CsvOptions = {}): Promise<CsvTable> {
  const file = typeof path === 'string' ? path : fileURLToPath(path);
  return parseCsv(await readText(file, MAX_BYTES), { file, ...options });
}
