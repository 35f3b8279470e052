import type { Position } from '@backflow/trace';
import type { Failure } from './describe-failure.ts';
import type { LearnerFiles } from './learner-files.ts';
import type { UnreadableFileError } from './load-ours.ts';
import { parseModule } from './syntax-index.ts';

/** What to write instead of the TypeScript that makes code, by a word of the stripper's message. */
const INSTEAD: Readonly<Record<string, string>> = {
  enum: "an object: const Kind = { a: 'a', b: 'b' } as const",
  'parameter property': 'a field, and assign it in the constructor: this.x = x',
  namespace: 'a module: a file of its own with exports',
  'import equals': "import x from '…'",
  'export assignment': 'export default',
  'angle-bracket': 'value as Type',
};

/** What is wrong with a file that cannot be read as a program; undefined for any other failure. */
export function describeSyntaxFailure(files: LearnerFiles, thrown: Error): Failure | undefined {
  if (!(thrown instanceof SyntaxError)) return undefined;
  if ((thrown as Partial<UnreadableFileError>).code === 'unreadable-file') {
    return describeUnreadable(files, thrown as UnreadableFileError);
  }
  return isFromLoader(thrown) ? describeBroken(files, thrown) : undefined;
}

function describeUnreadable(files: LearnerFiles, { url, failure }: UnreadableFileError): Failure {
  const { isUnsupported, message, start, end } = failure;
  const at = files.range(url, start, end);
  if (!isUnsupported) return { phase: 'syntax', name: 'SyntaxError', message, ...(at && { at }) };
  const [, instead] = Object.entries(INSTEAD).find(([word]) => message.includes(word)) ?? [];
  return {
    phase: 'syntax',
    name: 'unsupported-syntax',
    message:
      `${message.replace(/ (?:is|are) not supported.*$/s, '')} makes code of its own. A training file runs as it ` +
      `stands, with its types blanked out, so that every line stays yours. ${instead ? `Write ${instead}.` : ''}`.trim(),
    ...(at && { at }),
  };
}

/** The engine rejects a file without saying where; our parser reads them all and finds the place. */
function describeBroken(files: LearnerFiles, { message }: SyntaxError): Failure {
  for (const { url, code } of files.newestFirst()) {
    const place = findSyntaxError(code);
    const at = place && files.rangeAt(url, place);
    if (at) return { phase: 'syntax', name: 'SyntaxError', message, at };
  }
  return { phase: 'syntax', name: 'SyntaxError', message };
}

function findSyntaxError(code: string): Position | undefined {
  try {
    parseModule(code);
    return undefined;
  } catch (error) {
    const { line, column } = (error as { loc: Position }).loc;
    return { line, column: column + 1 };
  }
}

/** While a module is read, and not from `JSON.parse` or `new Function` in a running one. */
function isFromLoader({ stack, message }: SyntaxError): boolean {
  const [first = ''] = String(stack)
    .replace(message, '')
    .split('\n')
    .filter((line) => /^\s*at /.test(line));
  return /node:internal\/(?:modules|vm)/.test(first) && !isMissingExport(message);
}

/** Node reports an import of a name that is not there as a `SyntaxError` too. */
export function isMissingExport(message: string): boolean {
  return / does not provide an export named |^Named export /.test(message);
}
