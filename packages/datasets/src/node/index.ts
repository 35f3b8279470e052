export { DataFileError, type DataFileErrorCode } from './data-file-error.ts';
export { readCsv } from './read-csv.ts';
