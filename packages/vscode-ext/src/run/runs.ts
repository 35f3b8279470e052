import * as vscode from 'vscode';
import { startRun } from './load-runner.ts';
import { Output } from './output.ts';
import { isRunnable } from './run-lens.ts';
import { runOptions } from './run-options.ts';
import { type FileState, RunQueue, type WhileRunning } from './run-queue.ts';
import { saveToRun } from './save-to-run.ts';
import { Session } from './session.ts';

/** The runs of this window: one at a time, and what is known of the last one of each file. */
export class Runs implements vscode.Disposable {
  readonly output = new Output();
  readonly #updated = new vscode.EventEmitter<Session>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** There is something new to show of a run. */
  readonly onDidUpdate: vscode.Event<Session> = this.#updated.event;
  /** A file runs, waits or is done. */
  readonly onDidChange: vscode.Event<void> = this.#changed.event;
  readonly #sessions = new Map<string, Session>();
  readonly #queue = new RunQueue(
    (file) => this.#start(file),
    () => this.#changed.fire(),
  );

  stateOf(file: string): FileState {
    return this.#queue.stateOf(file);
  }

  /** The run that goes on. */
  get current(): Session | undefined {
    return this.#queue.running === undefined ? undefined : this.#sessions.get(this.#queue.running);
  }

  /** The last run of a file. */
  of(file: string): Session | undefined {
    return this.#sessions.get(file);
  }

  /** Saves and runs a document, by default that of the active editor. */
  async run(uri: vscode.Uri | undefined = vscode.window.activeTextEditor?.document.uri): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      await offerTrust();
      return;
    }
    const document = uri && (await vscode.workspace.openTextDocument(uri));
    if (!document || !isRunnable(document)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a training file to run it: TypeScript or JavaScript on disk that imports @backflow/nn.'),
      );
      return;
    }
    const file = await saveToRun(document);
    if (file === undefined) return;
    const settings = vscode.workspace.getConfiguration('backflow');
    this.#queue.request(file, settings.get<WhileRunning>('run.whileRunning', 'queue'));
  }

  /** Ends the run of a file; without a file, the run that goes on. */
  stop(uri?: vscode.Uri): void {
    this.#queue.stop(uri?.fsPath);
  }

  #start(file: string): Session {
    const uri = vscode.Uri.file(file);
    const settings = vscode.workspace.getConfiguration('backflow.run', uri);
    const options = runOptions({
      seed: settings.get('seed'),
      maxSteps: settings.get('maxSteps'),
      maxSeconds: settings.get('maxSeconds'),
      maxMemory: settings.get('maxMemory'),
    });
    this.output.begin(file);
    const session = new Session(file, options, startRun, {
      updated: (updated) => {
        if (updated.isOver) this.output.end(updated);
        else this.output.flush();
        this.#updated.fire(updated);
      },
      printed: (text) => this.output.print(text),
    });
    this.#sessions.set(file, session);
    return session;
  }

  dispose(): void {
    this.#queue.clear();
    this.output.dispose();
    this.#updated.dispose();
    this.#changed.dispose();
  }
}

async function offerTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Backflow runs nothing in Restricted Mode: a training file is a program. Trust this folder to run it.',
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
