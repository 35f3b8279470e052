import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { DataFileError } from './data-file-error.ts';

/**
 * The text of a file in UTF-8.
 *
 * @param maxBytes reading stops there: a device or a pipe need not have an end.
 * @throws DataFileError
 */
export async function readText(file: string, maxBytes: number): Promise<string> {
  const bytes = await readBytes(file, maxBytes);
  if (isUtf8(bytes)) return bytes.toString();
  throw new DataFileError('not-utf8', file, 'this is not text in UTF-8. Save it again as “CSV UTF-8”.');
}

async function readBytes(file: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(file)) {
      size += chunk.length;
      if (size > maxBytes) {
        const problem = `this has more than ${maxBytes / 2 ** 20} MiB, the most that is read at once.`;
        throw new DataFileError('too-large', file, problem);
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof DataFileError ? error : explain(error as NodeJS.ErrnoException, file);
  }
  return Buffer.concat(chunks);
}

function explain(error: NodeJS.ErrnoException, file: string): DataFileError {
  switch (error.code) {
    case 'ENOENT':
      return new DataFileError(
        'not-found',
        file,
        `there is no such file. A relative path starts from the folder of the terminal, ${process.cwd()}; ` +
          `new URL('data.csv', import.meta.url) starts from the program's own.`,
      );
    case 'EISDIR':
      return new DataFileError('directory', file, 'this is a folder, expected a file.');
    default:
      return new DataFileError('unreadable', file, `the system cannot read it (${error.message}).`);
  }
}
