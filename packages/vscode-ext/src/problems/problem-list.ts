import * as vscode from 'vscode';
import type { Shown } from '../flow/run-display.ts';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

/** The learner's errors and what was found in a run, as the editor's own problems. */
export class ProblemList implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('backflow');

  /** @param shown undefined: nothing */
  show(document: vscode.TextDocument, shown: Shown | undefined): void {
    const problems = (shown?.problems ?? []).map(({ start, end, problem }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const diagnostic = new vscode.Diagnostic(range, problem.message, SEVERITIES[problem.severity]);
      diagnostic.source = 'Backflow';
      diagnostic.code = problem.code;
      return diagnostic;
    });
    this.#collection.set(document.uri, problems);
  }

  forget(document: vscode.TextDocument): void {
    this.#collection.delete(document.uri);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}
