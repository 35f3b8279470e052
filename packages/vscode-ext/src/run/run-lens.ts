import * as vscode from 'vscode';
import { isTrainingFile } from './is-training-file.ts';
import { lensesOf } from './lenses-of.ts';
import type { FileState } from './run-queue.ts';

/** Run, or Stop, above the first line of a training file. */
export class RunLens implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #stateOf: (document: vscode.TextDocument) => FileState;

  constructor(stateOf: (document: vscode.TextDocument) => FileState, changed: vscode.Event<void>) {
    this.#stateOf = stateOf;
    this.onDidChangeCodeLenses = changed;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isRunnable(document)) return [];
    const lenses = lensesOf(this.#stateOf(document), vscode.workspace.isTrusted, vscode.l10n.t);
    return lenses.map(
      (lens) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { ...lens, arguments: [document.uri] }),
    );
  }
}

/** Whether a document is offered to run. */
export function isRunnable(document: vscode.TextDocument): boolean {
  return isTrainingFile({
    scheme: document.uri.scheme,
    languageId: document.languageId,
    text: document.getText(),
  });
}
