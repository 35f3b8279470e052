import * as vscode from 'vscode';
import { type FlowView, isFlowEnabled } from '../flow/flow-view.ts';
import { isRunnable } from '../run/run-lens.ts';
import type { Runs } from '../run/runs.ts';
import { type HintsMode, type Situation, statusOf } from './status-of.ts';
import { statusWords } from './status-words.ts';

/** One item in the status bar: how the run is doing, what is shown of the open file, or why nothing is. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('backflow.status', vscode.StatusBarAlignment.Left, 0);
  readonly #runs: Runs;
  readonly #view: FlowView;

  constructor(runs: Runs, view: FlowView) {
    this.#runs = runs;
    this.#view = view;
    this.#item.name = 'Backflow';
  }

  refresh(): void {
    const words = statusWords(statusOf(this.#situation()), vscode.l10n.t);
    if (words) Object.assign(this.#item, words).show();
    else this.#item.hide();
  }

  #situation(): Situation {
    const document = vscode.window.activeTextEditor?.document;
    const progress = this.#runs.current?.progress;
    const { isTrusted } = vscode.workspace;
    if (!document)
      return { progress, isTrusted, isRunnable: false, isFlowEnabled: true, hints: 'on', hasFailed: false };
    const { failure, state } = this.#runs.of(document.uri.fsPath) ?? {};
    return {
      progress,
      isTrusted,
      isRunnable: isRunnable(document),
      isFlowEnabled: isFlowEnabled(document),
      hints: vscode.workspace.getConfiguration('editor', document).get<HintsMode>('inlayHints.enabled', 'on'),
      shown: this.#view.shownIn(document),
      hasFailed: failure !== undefined || state?.error !== undefined,
    };
  }

  dispose(): void {
    this.#item.dispose();
  }
}
