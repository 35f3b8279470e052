import { setDefaultDtype } from '@backflow/autograd';
import { fc, test } from '@fast-check/vitest';
import { afterEach, expect } from 'vitest';
import { CsvError, type CsvErrorCode, type CsvOptions, parseCsv } from '../../src/index.ts';
import { nameOf, type WrittenTable, writeTable, writtenTable } from './tables.ts';

/** Asks for all columns of numbers, the last of them as y. */
function optionsFor({ names, words, form }: WrittenTable): CsvOptions & { x: string[]; y: string } {
  const columns = names.filter((_, i) => !words[i]).map(nameOf);
  return { header: true, delimiter: form.delimiter, x: columns.slice(0, -1), y: columns.at(-1)! };
}

/** The one error that parsing throws. */
function errorOf(text: string, options: CsvOptions = {}): CsvError {
  try {
    parseCsv(text, options);
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
  throw new Error(`no error for ${JSON.stringify(text)}`);
}

test.prop([writtenTable])('a table comes back to the bit, however it was written', (table) => {
  const options = optionsFor(table);
  const { x, y, columns } = parseCsv(writeTable(table).text, options);
  const numbers = table.cells.map((row) => row.filter((_, i) => !table.words[i]));
  expect(columns).toEqual({ x: options.x, y: [options.y] });
  expect(x.tolist()).toEqual(numbers.map((row) => row.slice(0, -1)));
  expect(y.tolist()).toEqual(numbers.map((row) => row.slice(-1)));
});

/** A table and one of its rows of numbers, from 1, and one of its columns of numbers, from 0. */
const tableAndCell = writtenTable.chain((table) =>
  fc.tuple(
    fc.constant(table),
    fc.integer({ min: 1, max: table.cells.length }),
    fc.constantFrom(...table.names.map((_, i) => i).filter((i) => !table.words[i])),
  ),
);

const noNumber = fc.constantFrom('', ' ', 'x', '1.2.3', 'NaN', 'Infinity', '1e999', '"1 000"', '"a\nb"', '"\n"', '1,5');

test.prop([tableAndCell, noNumber])(
  'a cell that is no number is found in its line and column',
  ([table, r, c], bad) => {
    const written = bad.includes(',') ? `"${bad}"` : bad;
    const { text, lines } = writeTable(table, (rows) => rows.with(r, rows[r]!.with(c, written)));
    const { code, line, column, message } = errorOf(text, { ...optionsFor(table), file: 'data.csv' });
    expect({ code, line, column }).toEqual({ code: 'not-a-number', line: lines[r]![c], column: c + 1 });
    expect(message).toContain(`data.csv, line ${line}, column ${column} "`);
  },
);

test.prop([tableAndCell, fc.boolean()])('a ragged row is found in its line', ([table, r], isLonger) => {
  const change = (row: string[]): string[] => (isLonger ? [...row, '0'] : row.slice(0, -1));
  const { text, lines } = writeTable(table, (rows) => rows.with(r, change(rows[r]!)));
  // A row of one empty cell is a blank line.
  fc.pre(isLonger || table.names.length > 2 || /\S/.test(String(table.cells[r - 1]![0])));
  const { code, line, found } = errorOf(text, optionsFor(table));
  const count = table.names.length + (isLonger ? 1 : -1);
  expect({ code, line, found }).toEqual({
    code: 'ragged-row',
    line: lines[r]![0],
    found: `${count} ${count === 1 ? 'cell' : 'cells'}`,
  });
});

test.prop([tableAndCell])('a quote that is never closed is found in the line where its row begins', ([table, r, c]) => {
  const { text, lines } = writeTable(table, (rows) =>
    rows
      .with(r, rows[r]!.with(c, '"1'))
      .map((row, i) => row.map((cell, k) => (i > r || (i === r && k > c) ? '0' : cell))),
  );
  const { code, line, column } = errorOf(text, optionsFor(table));
  expect({ code, line, column }).toEqual({ code: 'quote', line: lines[r]![0], column: c + 1 });
});

test.prop([fc.string({ unit: fc.constantFrom('0', '1', 'a', ',', '"', '\n', '\r', ' ', '\ufeff') }), fc.boolean()])(
  'any text is a table or a CsvError',
  (text, header) => {
    try {
      parseCsv(text, { header });
    } catch (error) {
      expect(error).toBeInstanceOf(CsvError);
    }
  },
);

test('without options the last column is y, the others x', () => {
  const { x, y, columns } = parseCsv('a,b,or\n0,0,0\n0,1,1\n');
  expect(columns).toEqual({ x: ['a', 'b'], y: ['or'] });
  expect([x.tolist(), y.tolist()]).toEqual([
    [
      [0, 0],
      [0, 1],
    ],
    [[0], [1]],
  ]);
});

test.each<[CsvOptions, string[], string[]]>([
  [{ y: 'b' }, ['a', 'c'], ['b']],
  [{ x: 'b' }, ['b'], ['c']],
  [{ x: ['c', 'a'] }, ['c', 'a'], ['b']],
  [{ y: ['c', 'a'] }, ['b'], ['c', 'a']],
  [{ x: ['a', 'b', 'c'], y: ['a', 'b', 'c'] }, ['a', 'b', 'c'], ['a', 'b', 'c']],
])('%j chooses its columns in its order', (options, x, y) => {
  expect(parseCsv('a,b,c\n1,2,3', options).columns).toEqual({ x, y });
});

test('without a header the first row is data, and the columns have numbered names', () => {
  const { x, y, columns } = parseCsv('1,2,3\n4,5,6', { header: false, y: 'column_1' });
  expect(columns).toEqual({ x: ['column_2', 'column_3'], y: ['column_1'] });
  expect([x.tolist(), y.tolist()]).toEqual([
    [
      [2, 3],
      [5, 6],
    ],
    [[1], [4]],
  ]);
});

test('a number may be written in any of the ways of JavaScript', () => {
  expect(parseCsv('a,b\n+.5,1E3\n-0,5.').x.tolist()).toEqual([[0.5], [-0]]);
});

test('numbers may be the names of columns, where the header is said to be one', () => {
  expect(parseCsv('2023,2024\n1,2', { header: true }).columns).toEqual({ x: ['2023'], y: ['2024'] });
});

afterEach(() => setDefaultDtype('float64'));

test('the tensors are of the default dtype', () => {
  setDefaultDtype('float32');
  const { x, y } = parseCsv('a,b\n0.1,1');
  expect([x.dtype, y.dtype, x.item()]).toEqual(['float32', 'float32', Math.fround(0.1)]);
});

test.each<[CsvErrorCode, string, CsvOptions, string]>([
  ['empty', '', {}, 'CSV: found nothing, expected at least one row of numbers.'],
  ['empty', '\ufeff\r\n\r\n', {}, 'CSV: found nothing, expected at least one row of numbers.'],
  [
    'empty',
    'a,b\n',
    { file: 'or.csv' },
    'or.csv: found the header "a", "b" alone, expected at least one row of numbers.',
  ],
  [
    'no-header',
    '0,1\n1,1',
    {},
    'CSV, line 1: found the numbers "0", "1" in the first row, expected the names of the columns. ' +
      'If this row is data, pass { header: false }; if these are the names, { header: true }.',
  ],
  [
    'duplicate-column',
    '\na,b,a\n',
    {},
    'CSV, line 2, column 3: found the name "a", which column 1 has, expected a name of its own for each column.',
  ],
  ['unknown-column', 'a,b\n1,2', { y: 'c' }, 'CSV, line 1: found no column "c", expected one of "a", "b".'],
  [
    'unknown-column',
    `${Array.from({ length: 12 }, (_, i) => `c${i}`)}\n`,
    { x: 'c' },
    'CSV, line 1: found no column "c", expected one of ' +
      '"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9" and 2 more.',
  ],
  [
    'too-few-columns',
    'a;b\n1;2',
    {},
    'CSV, line 1: found no column for x among "a;b", expected at least one for x and one for y. ' +
      'If ";" stands between the cells, pass { delimiter: ";" }.',
  ],
  [
    'too-few-columns',
    'a;b,c\n1,2',
    { x: ['a;b', 'c'] },
    'CSV, line 1: found no column for y among "a;b", "c", expected at least one for x and one for y.',
  ],
  ['ragged-row', 'a,b\n1,2\n\n3', {}, 'CSV, line 4: found 1 cell, expected 2, one for each of "a", "b".'],
  [
    'ragged-row',
    'a;b\n1;2;3',
    { delimiter: ';' },
    'CSV, line 2: found 3 cells, expected 2, one for each of "a", "b". A cell with ";" in it needs quotes around it.',
  ],
  [
    'not-a-number',
    'length,kind\n1,setosa',
    {},
    'CSV, line 2, column 2 "kind": found "setosa", expected a finite number. ' +
      'If the column is not meant for training, choose the others: { x: […], y: […] }.',
  ],
  [
    'not-a-number',
    `a,b\n${'long '.repeat(9)},1`,
    { y: 'b' },
    'CSV, line 2, column 1 "a": found "long long long long long long long long …", expected a finite number. ' +
      'If the column is not meant for training, choose the others: { x: […], y: […] }.',
  ],
  [
    'not-a-number',
    'a,b\n1,2\n,3',
    {},
    'CSV, line 3, column 1 "a": found an empty cell, expected a finite number. ' +
      'Fill it in, or leave out its row or its column.',
  ],
  [
    'quote',
    'a,b\n1,2\n3,"4\n5,6\n',
    {},
    'CSV, line 3, column 2: found a quote that is never closed, in the row that begins here, ' +
      'expected one more where the cell ends.',
  ],
  [
    'quote',
    'a,b\n1,2"3"\n',
    {},
    'CSV, line 2, column 2: found a quote inside a cell, ' +
      'expected quotes around a whole cell, and those inside it doubled: "say ""hello""".',
  ],
  [
    'quote',
    'a,b\n1,"2"3\n',
    {},
    'CSV, line 2, column 2: found text after a closing quote, ' +
      'expected quotes around a whole cell, and those inside it doubled: "say ""hello""".',
  ],
  [
    'quote',
    'a,b\n1,"2" 3\n',
    {},
    'CSV, line 2, column 2: found text after a closing quote, ' +
      'expected quotes around a whole cell, and those inside it doubled: "say ""hello""".',
  ],
])('%s in %j', (code, text, options, message) => {
  expect(errorOf(text, options)).toMatchObject({ code, message, name: 'CsvError' });
});
