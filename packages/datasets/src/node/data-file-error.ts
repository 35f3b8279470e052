import { BackflowError } from '@backflow/autograd';

/**
 * Why a file cannot be read:
 * - `not-found`: there is none at that path;
 * - `directory`: it is a folder;
 * - `too-large`: it has more bytes than a reader takes;
 * - `not-utf8`: it is not text in UTF-8;
 * - `unreadable`: the system refuses, for another reason.
 */
export type DataFileErrorCode = 'not-found' | 'directory' | 'too-large' | 'not-utf8' | 'unreadable';

/** A data file that cannot be read. */
export class DataFileError extends BackflowError {
  declare readonly code: DataFileErrorCode;
  readonly file: string;

  constructor(code: DataFileErrorCode, file: string, problem: string) {
    super(code, `${file}: ${problem}`);
    this.file = file;
  }
}
