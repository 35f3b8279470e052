import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CsvError } from '../../src/index.ts';
import { DataFileError, readCsv } from '../../src/node/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-csv-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function errorOf(path: string | URL): Promise<unknown> {
  return readCsv(path).then(
    () => 'no error',
    (error: unknown) => error,
  );
}

test('a file is read from its path and from its URL', async () => {
  const path = write('또는 or.csv', '\ufeff가,나,or\r\n0,1,1\r\n');
  for (const given of [path, pathToFileURL(path)]) {
    const { x, y, columns } = await readCsv(given, { y: 'or' });
    expect([x.tolist(), y.tolist(), columns]).toEqual([[[0, 1]], [[1]], { x: ['가', '나'], y: ['or'] }]);
  }
});

test('a file larger than one read comes whole', async () => {
  const { x } = await readCsv(write('long.csv', `가,b\n${'0.123456789,1\n'.repeat(20_000)}`));
  expect(x.shape).toEqual([20_000, 1]);
});

test('an error in the table names the file', async () => {
  const path = write('bad.csv', 'a,b\n1,2\n3,x\n');
  const error = (await errorOf(pathToFileURL(path))) as CsvError;
  expect(error).toBeInstanceOf(CsvError);
  expect(error).toMatchObject({ code: 'not-a-number', file: path, line: 3, column: 2 });
});

test('a file that is not there', async () => {
  expect(await errorOf('no/such.csv')).toEqual(
    new DataFileError(
      'not-found',
      'no/such.csv',
      `there is no such file. A relative path starts from the folder of the terminal, ${process.cwd()}; ` +
        `new URL('data.csv', import.meta.url) starts from the program's own.`,
    ),
  );
});

test('a folder', async () => {
  expect(await errorOf(folder)).toEqual(new DataFileError('directory', folder, 'this is a folder, expected a file.'));
});

test('a file beyond the limit is left before its end', async () => {
  const path = write('huge.csv', '');
  truncateSync(path, 64 * 2 ** 20 + 1);
  expect(await errorOf(path)).toEqual(
    new DataFileError('too-large', path, 'this has more than 64 MiB, the most that is read at once.'),
  );
});

test('text in another encoding is refused, not read as gibberish', async () => {
  // “가” in CP949, as Excel saves a CSV on a Korean Windows.
  const path = write('cp949.csv', Uint8Array.of(0xb0, 0xa1, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32));
  expect(await errorOf(path)).toEqual(
    new DataFileError('not-utf8', path, 'this is not text in UTF-8. Save it again as “CSV UTF-8”.'),
  );
});

test('a path that the system refuses', async () => {
  const path = `${write('file.csv', 'a,b')}/inside.csv`;
  expect(await errorOf(path)).toMatchObject({ code: 'unreadable', file: path, name: 'DataFileError' });
  expect(await errorOf('a\0b')).toMatchObject({ code: 'unreadable', file: 'a\0b' });
});
