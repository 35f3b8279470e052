import * as vscode from 'vscode';
import { isRunnable } from './run-lens.ts';
import type { Runs } from './runs.ts';

/**
 * Tells the menus and keys where the active editor's file stands: `backflow.file` is `idle`, `running` or `queued` for
 * a training file, `backflow.isRunning` whether anything runs.
 */
export function setContextKeys(runs: Runs): void {
  const document = vscode.window.activeTextEditor?.document;
  const file = document && isRunnable(document) ? runs.stateOf(document.uri.fsPath) : undefined;
  void vscode.commands.executeCommand('setContext', 'backflow.file', file);
  void vscode.commands.executeCommand('setContext', 'backflow.isRunning', runs.current !== undefined);
}
