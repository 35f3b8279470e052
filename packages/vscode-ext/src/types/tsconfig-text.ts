import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

/** A folder of training files: run as they stand, as modules, with nothing written beside them. */
const NEW = `{
  "compilerOptions": {
    "target": "ES2023",
    "lib": ["ES2023", "DOM"],
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "moduleDetection": "force",
    "allowImportingTsExtensions": true,
    "allowJs": true,
    "noEmit": true,
    "strict": true
  }
}
`;

/**
 * The text of a `tsconfig.json` that knows where the types of `@backflow/*` lie; what else stands in it, comments
 * included, stays.
 *
 * @param text the file as it is; undefined if there is none
 * @param types the declaration file of each public path, relative to the `tsconfig.json`
 * @throws SyntaxError for a file that is no JSON with comments
 */
export function addTypePaths(text: string | undefined, types: ReadonlyMap<string, string>): string {
  let changed = text?.trim() ? text : NEW;
  const errors: ParseError[] = [];
  parse(changed, errors, { allowTrailingComma: true });
  if (errors[0]) throw new SyntaxError(`${printParseErrorCode(errors[0].error)} at offset ${errors[0].offset}`);
  for (const [specifier, file] of types) {
    const path = ['compilerOptions', 'paths', specifier];
    const formattingOptions = { tabSize: 2, insertSpaces: true, eol: changed.includes('\r\n') ? '\r\n' : '\n' };
    changed = applyEdits(changed, modify(changed, path, [`./${file}`], { formattingOptions }));
  }
  return changed;
}
