import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Edit, EditedText } from '../../src/flow/edited-text.ts';
import { rangeOf } from '../story.ts';

const PIECE = 'new Linear(2, 5)';
const line = fc.string({ unit: fc.constantFrom('a', ' ', '가', '\n', '\t'), maxLength: 12 });
/** Around the piece, which is in it once. */
const source = fc.tuple(line, line).map(([before, after]) => `${before}${PIECE}${after}`);
/** An edit before (from the start) or after (from the end) the piece. */
const outside = fc.record({
  isBefore: fc.boolean(),
  from: fc.nat(12),
  length: fc.nat(6),
  text: line,
});

/** A document that an editor edits, with a follower. */
class Document {
  readonly follower: EditedText;
  text: string;
  constructor(text: string) {
    this.text = text;
    this.follower = new EditedText(text);
    this.follower.see(text);
  }
  edit(...edits: Edit[]): void {
    for (const { rangeOffset, rangeLength, text } of edits)
      this.text = this.text.slice(0, rangeOffset) + text + this.text.slice(rangeOffset + rangeLength);
    this.follower.edit(edits, this.text);
  }
}

test.prop([source, fc.array(outside, { maxLength: 8 })])(
  'an expression is found where it stands, whatever is done around it',
  (text, edits) => {
    const document = new Document(text);
    for (const { isBefore, from, length, text: inserted } of edits) {
      const [start, end] = [document.text.indexOf(PIECE), document.text.indexOf(PIECE) + PIECE.length];
      const offset = isBefore ? Math.min(from, start) : Math.min(end + from, document.text.length);
      const limit = isBefore ? start - offset : document.text.length - offset;
      document.edit({ rangeOffset: offset, rangeLength: Math.min(length, limit), text: inserted });
      const found = document.follower.find(rangeOf(text, PIECE));
      expect(document.text.slice(found?.start, found?.end)).toBe(PIECE);
    }
    expect(document.follower.age).toBe(document.text === text ? 'current' : 'earlier');
  },
);

test.prop([source, fc.integer({ min: 1, max: PIECE.length - 1 }), fc.nat(4), line])(
  'an edit inside an expression ends it, and undoing that gives it back',
  (text, inside, length, inserted) => {
    const document = new Document(text);
    const rangeOffset = text.indexOf(PIECE) + inside;
    const rangeLength = Math.min(length, PIECE.length - inside);
    fc.pre(inserted !== '' || rangeLength > 0);
    fc.pre(inserted !== text.slice(rangeOffset, rangeOffset + rangeLength));
    const removed = text.slice(rangeOffset, rangeOffset + rangeLength);
    document.edit({ rangeOffset, rangeLength, text: inserted });
    expect(document.follower.find(rangeOf(text, PIECE))).toBeUndefined();
    document.edit({ rangeOffset, rangeLength: inserted.length, text: removed });
    expect(document.follower.age).toBe('current');
    const found = document.follower.find(rangeOf(text, PIECE));
    expect(document.text.slice(found?.start, found?.end)).toBe(PIECE);
  },
);

test('an edit that swallows the expression ends it', () => {
  const document = new Document(`a ${PIECE} b`);
  document.edit({ rangeOffset: 1, rangeLength: PIECE.length + 2, text: '' });
  expect(document.follower.find(rangeOf(`a ${PIECE} b`, PIECE))).toBeUndefined();
});

test('edits of one event, last place first as an editor tells them, count one by one', () => {
  const document = new Document(`aa\n${PIECE}`);
  document.edit({ rangeOffset: 2, rangeLength: 0, text: '!' }, { rangeOffset: 0, rangeLength: 1, text: 'xyz' });
  const found = document.follower.find(rangeOf(`aa\n${PIECE}`, PIECE));
  expect(document.text.slice(found?.start, found?.end)).toBe(PIECE);
});

test('another text, of which nobody saw how it came about, has no places', () => {
  const follower = new EditedText(PIECE);
  follower.see(`// more\n${PIECE}`);
  expect(follower.age).toBe('lost');
  expect(follower.find(rangeOf(PIECE, PIECE))).toBeUndefined();
});

test('what was lost is found again in the text as it ran, also after the document was closed', () => {
  const document = new Document(PIECE);
  document.edit({ rangeOffset: 0, rangeLength: 0, text: '// ' });
  document.follower.lose();
  expect(document.follower.find(rangeOf(PIECE, PIECE))).toBeUndefined();
  document.follower.see(PIECE);
  expect(document.follower.find(rangeOf(PIECE, PIECE))).toEqual({ start: 0, end: PIECE.length });
});

test('line ends that an editor changed when it opened the file move no place', () => {
  const text = `a\r\nb\n${PIECE}\r\n`;
  const follower = new EditedText(text);
  const opened = text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
  follower.see(opened);
  expect(follower.age).toBe('current');
  const found = follower.find(rangeOf(text, PIECE));
  expect(opened.slice(found?.start, found?.end)).toBe(PIECE);
});
