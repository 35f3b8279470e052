import type { SourceRange } from '@backflow/trace';
import type { LearnerFiles } from './learner-files.ts';

/**
 * The expression of the learner's that makes a module, from the call sites in the module's base constructor: the first
 * in a file of theirs. A class of their own that extends `Module` is passed over (its `super(…)`, or its constructor if
 * it wrote none) to the `new` that makes it.
 */
export function placeOfLayer(files: LearnerFiles, sites: readonly NodeJS.CallSite[]): SourceRange | undefined {
  return firstPlace(files, sites, (kind, site) => kind === 'super' || (kind === undefined && site.isConstructor()));
}

/** The learner's innermost call. */
export function placeOfCall(files: LearnerFiles, sites: readonly NodeJS.CallSite[]): SourceRange | undefined {
  return firstPlace(files, sites, () => false);
}

function firstPlace(
  files: LearnerFiles,
  sites: readonly NodeJS.CallSite[],
  isPassedOver: (kind: ReturnType<LearnerFiles['callAt']>, site: NodeJS.CallSite) => boolean,
): SourceRange | undefined {
  for (const site of sites) {
    const url = site.getScriptNameOrSourceURL() ?? '';
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    if (line === null || column === null || !files.find(url)) continue;
    const start = { line, column };
    if (!isPassedOver(files.callAt(url, start), site)) return files.rangeAt(url, start);
  }
  return undefined;
}
