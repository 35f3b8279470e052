import { fc } from '@fast-check/vitest';

/** A table and one way to write it. */
export interface WrittenTable {
  readonly names: readonly string[];
  /** Rows of numbers, but for the columns where `words` is true. */
  readonly cells: readonly (readonly (number | string)[])[];
  /** Which columns hold words. At least two do not. */
  readonly words: readonly boolean[];
  readonly form: Form;
}

interface Form {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly bom: boolean;
  readonly endsWithLineEnd: boolean;
  /** Blank lines before each line, used in turn. */
  readonly blanks: readonly number[];
  /** Whether a cell is written in quotes though it need not be, in turn. */
  readonly quoted: readonly boolean[];
  /** Spaces on both sides of a cell, in turn. */
  readonly padding: readonly string[];
}

const number = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2_000, max: 2_000 }).map((n) => n / 16) },
  { weight: 1, arbitrary: fc.constantFrom(0, 5e-324, -1e-8, 1.7976931348623157e308) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0) },
);

/** Text with all that is special in CSV, and none of what is a line end in one form and two in another. */
const word = fc
  .array(fc.oneof(fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', ' ', '한', '😀'), fc.string({ maxLength: 2 })), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));

const form: fc.Arbitrary<Form> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  bom: fc.boolean(),
  endsWithLineEnd: fc.boolean(),
  blanks: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
  quoted: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  padding: fc.array(fc.constantFrom('', ' ', '  '), { minLength: 1, maxLength: 3 }),
});

/** A table of 2 to 5 columns and 1 to 6 rows. */
export const writtenTable: fc.Arbitrary<WrittenTable> = fc
  .uniqueArray(
    word.filter((name) => name.trim() !== ''),
    { minLength: 2, maxLength: 5, selector: nameOf },
  )
  .chain((names) => {
    const words = fc
      .array(fc.boolean(), { minLength: names.length, maxLength: names.length })
      .filter((flags) => flags.filter((flag) => !flag).length >= 2);
    return words.chain((flags) =>
      fc.record({
        names: fc.constant(names),
        words: fc.constant(flags),
        cells: fc.array(fc.tuple(...flags.map((flag) => (flag ? word : number))), { minLength: 1, maxLength: 6 }),
        form,
      }),
    );
  });

/** A name as it is read: line ends are LF. */
export function nameOf(name: string): string {
  return name.replace(/\r\n?/g, '\n');
}

/** The table as text, and the line on which each cell begins, header row first. `edit` may change what is written. */
export function writeTable(
  { names, cells, form }: WrittenTable,
  edit: (rows: string[][]) => string[][] = (rows) => rows,
): { text: string; lines: number[][] } {
  const turn = <T>(choices: readonly T[], i: number): T => choices[i % choices.length]!;
  const rows = [names, ...cells].map((row, r) =>
    row.map((cell, c) => {
      const plain = String(cell);
      const isPlain = typeof cell === 'number' || /^[\p{L}\p{N}_]+$/u.test(plain);
      const pad = turn(form.padding, r + c);
      return isPlain && !turn(form.quoted, r + c) ? `${pad}${plain}${pad}` : `"${plain.replaceAll('"', '""')}"`;
    }),
  );
  let text = form.bom ? '\ufeff' : '';
  const lines = edit(rows).map((row, r) => {
    text += (r > 0 ? form.lineEnd : '') + form.lineEnd.repeat(turn(form.blanks, r));
    return row.map((cell, c) => {
      if (c > 0) text += form.delimiter;
      const line = text.split(/\r\n|\r|\n/).length;
      text += cell;
      return line;
    });
  });
  return { text: form.endsWithLineEnd ? text + form.lineEnd : text, lines };
}
