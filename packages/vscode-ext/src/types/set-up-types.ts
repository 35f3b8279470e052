import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { copyTypes } from './copy-types.ts';
import { addTypePaths } from './tsconfig-text.ts';

/** Where the declarations go, below the folder of the `tsconfig.json`. */
const FOLDER = '.backflow/types';

/**
 * `Backflow: Set up Types Here`: copies the declarations of `@backflow/*` into the folder of the active file, or its
 * workspace folder, and writes into its `tsconfig.json` where they lie. For the native TypeScript server, which loads
 * no plugins, and for whoever type-checks on the command line without installing anything.
 *
 * @param packages the folder of our packages
 */
export async function setUpTypes(packages: string): Promise<void> {
  const folder = findFolder();
  if (folder === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder, or a file on disk, to set up types for it.'),
    );
    return;
  }
  const tsconfig = join(folder, 'tsconfig.json');
  try {
    const text = existsSync(tsconfig) ? await readFile(tsconfig, 'utf8') : undefined;
    // Nothing is copied for a tsconfig that cannot be read.
    addTypePaths(text, new Map());
    const types = await copyTypes(packages, join(folder, FOLDER));
    const paths = new Map([...types].map(([specifier, file]) => [specifier, `${FOLDER}/${file}`]));
    await writeFile(tsconfig, addTypePaths(text, paths));
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Types could not be set up in {0}: {1}', tsconfig, (error as Error).message),
    );
    return;
  }
  const open = vscode.l10n.t('Open tsconfig.json');
  const message = vscode.l10n.t('The types of @backflow/* lie in {0}, and tsconfig.json knows it.', FOLDER);
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.file(tsconfig));
}

/** The nearest folder with a `tsconfig.json`, else the workspace folder, else the active file's own. */
function findFolder(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (uri?.scheme !== 'file') return first?.uri.fsPath;
  const top = (vscode.workspace.getWorkspaceFolder(uri) ?? first)?.uri.fsPath;
  const own = dirname(uri.fsPath);
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'tsconfig.json'))) return folder;
    if (folder === top || folder === dirname(folder)) return top ?? own;
  }
}
