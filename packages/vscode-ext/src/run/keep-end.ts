/** The last lines of a text that is too long, after a word on how much was left out. */
export function keepEnd(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const from = text.length - maxLength;
  const line = text.indexOf('\n', from - 1) + 1;
  const start = line === 0 ? from : line;
  return `… ${start.toLocaleString('en-US')} characters left out …\n${text.slice(start)}`;
}
