/** Columns of a tab, wherever it stands: code is shown, not aligned. */
const TAB = '  ';
/** East Asian wide characters and emoji take two columns in a terminal. */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Combining marks, joiners and direction marks (`Cf`) take none. */
const ZERO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Columns that a text takes in a terminal. */
export function measureWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (ZERO_WIDTH.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Text safe to show: tabs as two spaces, other control characters as visible pictures (an escape as ␛). */
export function showText(text: string): string {
  return text
    .replaceAll('\t', TAB)
    .replace(CONTROL, (control) => (control < ' ' ? String.fromCharCode(0x2400 + control.charCodeAt(0)) : '\ufffd'));
}

/** Breaks text at spaces into lines of at most `width` columns; a longer word keeps a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && measureWidth(line) + 1 + measureWidth(word) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
