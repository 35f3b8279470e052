import * as vscode from 'vscode';
import { SELECTOR } from './flow/flow-providers.ts';
import { FlowView } from './flow/flow-view.ts';
import { openLesson } from './lessons/open-lesson.ts';
import { setContextKeys } from './run/context-keys.ts';
import { isRunnable, RunLens } from './run/run-lens.ts';
import { Runs } from './run/runs.ts';
import { StatusItem } from './status/status-item.ts';
import { offerTypes } from './types/offer-types.ts';
import { setUpTypes } from './types/set-up-types.ts';

export function activate(context: vscode.ExtensionContext): void {
  // As files, beside the bundle: what a run loads, and the types of it.
  const packages = context.asAbsolutePath('node_modules/@backflow');
  const runs = new Runs();
  const view = new FlowView();
  const status = new StatusItem(runs, view);
  const lensesChanged = new vscode.EventEmitter<void>();
  const refresh = (): void => {
    setContextKeys(runs);
    status.refresh();
  };
  const look = (): void => {
    refresh();
    const document = vscode.window.activeTextEditor?.document;
    if (document && isRunnable(document)) void offerTypes(document, context.workspaceState);
  };
  const refreshAll = (): void => {
    lensesChanged.fire();
    refresh();
  };

  context.subscriptions.push(
    runs,
    view,
    status,
    lensesChanged,
    vscode.languages.registerCodeLensProvider(
      [...SELECTOR, { scheme: 'untitled' }],
      new RunLens(({ uri }) => runs.stateOf(uri.fsPath), lensesChanged.event),
    ),
    runs.onDidChange(refreshAll),
    runs.onDidUpdate((session) => {
      view.update(session);
      status.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(refreshAll),
    vscode.window.onDidChangeActiveTextEditor(look),
    // Also told when a document gets another language.
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeConfiguration(refresh),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) refresh();
    }),
    vscode.commands.registerCommand('backflow.run', (uri?: vscode.Uri) => runs.run(uri)),
    vscode.commands.registerCommand('backflow.stop', (uri?: vscode.Uri) => runs.stop(uri)),
    vscode.commands.registerCommand('backflow.showOutput', () => runs.output.show()),
    vscode.commands.registerCommand('backflow.setUpTypes', () => setUpTypes(packages)),
    vscode.commands.registerCommand('backflow.openLesson', () =>
      openLesson({ lessons: context.asAbsolutePath('lessons'), packages, storage: context.globalStorageUri.fsPath }),
    ),
    vscode.commands.registerCommand('backflow.toggleFlow', () => toggle('backflow.flow.enabled')),
    vscode.commands.registerCommand('backflow.showHints', () =>
      vscode.workspace.getConfiguration('editor').update('inlayHints.enabled', 'on', vscode.ConfigurationTarget.Global),
    ),
  );
  look();
}

/** Switches a setting where the learner keeps it: in the workspace if it is set there, else for the user. */
async function toggle(name: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const isInWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(name, !settings.get(name, true), !isInWorkspace);
}
