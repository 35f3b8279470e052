import { dirname, sep } from 'node:path';
import * as vscode from 'vscode';

/**
 * Saves a training file, and what else was edited below its folder: it may import it. Gives the path to run;
 * undefined if the learner did not want to save.
 */
export async function saveToRun(document: vscode.TextDocument): Promise<string | undefined> {
  // An untitled buffer asks for a name, and goes on under it.
  const saved = document.isDirty || document.isUntitled ? await vscode.workspace.save(document.uri) : document.uri;
  if (saved?.scheme !== 'file') return undefined;
  const folder = dirname(saved.fsPath) + sep;
  const others = vscode.workspace.textDocuments.filter(
    ({ isDirty, isUntitled, uri }) => isDirty && !isUntitled && uri.scheme === 'file' && uri.fsPath.startsWith(folder),
  );
  await Promise.all(others.map((other) => other.save()));
  return saved.fsPath;
}
