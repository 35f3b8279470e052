import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';

/** Settings that switch on the native TypeScript server, under the names that VS Code has given them. */
const NATIVE_SERVER: readonly string[] = ['js/ts.experimental.useTsgo', 'typescript.experimental.useTsgo'];
const ASKED = 'backflow.offeredTypes';

/**
 * Offers to set up types, once a workspace, where the native TypeScript server would call every `@backflow/*` import
 * unknown: it loads no plugins.
 */
export async function offerTypes(document: vscode.TextDocument, memory: vscode.Memento): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const isNative = NATIVE_SERVER.some((name) => settings.get(name) === true);
  if (!isNative || document.uri.scheme !== 'file' || memory.get(ASKED)) return;
  if (hasTypes(document.uri.fsPath)) return;
  await memory.update(ASKED, true);
  const setUp = vscode.l10n.t('Set up Types');
  const message = vscode.l10n.t(
    'The native TypeScript server does not know @backflow/* by itself. Backflow can put its types beside your files.',
  );
  if ((await vscode.window.showInformationMessage(message, setUp)) === setUp)
    await vscode.commands.executeCommand('backflow.setUpTypes');
}

/** Whether a file finds types by itself: from an install, or from what this extension has set up. */
function hasTypes(file: string): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (['node_modules/@backflow', '.backflow/types'].some((path) => existsSync(join(folder, path)))) return true;
    if (folder === dirname(folder)) return false;
  }
}
