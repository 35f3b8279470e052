/** What is looked at of an open document. */
export interface OpenText {
  readonly scheme: string;
  readonly languageId: string;
  readonly text: string;
}

const LANGUAGES: readonly string[] = ['typescript', 'javascript'];
/** Files on disk, and buffers that will be once they are saved. */
const SCHEMES: readonly string[] = ['file', 'untitled'];
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]@backflow\//;

/** Whether a document is offered to run: it imports one of our packages. Only its text is looked at. */
export function isTrainingFile({ scheme, languageId, text }: OpenText): boolean {
  return SCHEMES.includes(scheme) && LANGUAGES.includes(languageId) && IMPORT.test(text);
}
