import * as vscode from 'vscode';
import { ProblemList } from '../problems/problem-list.ts';
import type { Session } from '../run/session.ts';
import { BarPainter } from './bar-painter.ts';
import { Displays } from './displays.ts';
import { FlowHints, FlowHover, SELECTOR } from './flow-providers.ts';
import { RunDisplay, type Shown } from './run-display.ts';

/** Everything that the runs show in open documents: bars, words, hovers and problems. */
export class FlowView implements vscode.Disposable {
  readonly #displays = new Displays();
  readonly #ofSession = new WeakMap<Session, RunDisplay>();
  readonly #painter = new BarPainter();
  readonly #problems = new ProblemList();
  readonly #hintsChanged = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    const flowIn = (document: vscode.TextDocument): Shown | undefined =>
      isFlowEnabled(document) ? this.shownIn(document) : undefined;
    this.#subscriptions = vscode.Disposable.from(
      this.#painter,
      this.#problems,
      this.#hintsChanged,
      vscode.languages.registerInlayHintsProvider(SELECTOR, new FlowHints(flowIn, this.#hintsChanged.event)),
      vscode.languages.registerHoverProvider(SELECTOR, new FlowHover((document) => this.shownIn(document))),
      vscode.workspace.onDidOpenTextDocument((document) => this.#open(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)),
      vscode.workspace.onDidChangeTextDocument((change) => this.#edit(change)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.#paint(editors)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('backflow.flow') || change.affectsConfiguration('editor.inlayHints'))
          this.#refresh();
      }),
    );
  }

  /** Shows a run as it stands, once it has something to show; until then what an earlier one showed stays. */
  update(session: Session): void {
    const { state, isOver, file } = session;
    if (state.latest === undefined && !isOver) return;
    const display = this.#ofSession.get(session) ?? new RunDisplay(file);
    this.#ofSession.set(session, display);
    display.update(state, isOver, (path) => findDocument(path)?.getText());
    const touched = this.#displays.replace(display);
    for (const path of touched) {
      const document = findDocument(path);
      if (document) this.#problems.show(document, this.shownIn(document));
    }
    this.#refresh();
  }

  /** What the runs say of a document, whether it is switched on or not. */
  shownIn({ uri }: vscode.TextDocument): Shown | undefined {
    return uri.scheme === 'file' ? this.#displays.in(uri.fsPath) : undefined;
  }

  #open(document: vscode.TextDocument): void {
    if (document.uri.scheme !== 'file') return;
    this.#displays.opened(document.uri.fsPath, document.getText());
    this.#problems.show(document, this.shownIn(document));
  }

  #close(document: vscode.TextDocument): void {
    if (document.uri.scheme !== 'file') return;
    this.#displays.closed(document.uri.fsPath);
    this.#problems.forget(document);
  }

  /** Hints need no word from us: after an edit the editor moves them, and asks for them a second later. */
  #edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !this.shownIn(document)) return;
    this.#displays.edited(document.uri.fsPath, contentChanges, document.getText());
    this.#problems.show(document, this.shownIn(document));
    this.#paint(vscode.window.visibleTextEditors.filter((editor) => editor.document === document));
  }

  #refresh(): void {
    this.#paint(vscode.window.visibleTextEditors);
    this.#hintsChanged.fire();
  }

  #paint(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const shown = isFlowEnabled(editor.document) ? this.shownIn(editor.document) : undefined;
      this.#painter.paint(editor, shown);
    }
    this.#painter.keep(vscode.window.visibleTextEditors);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Whether the learner wants to see the flow. */
export function isFlowEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('backflow', document).get('flow.enabled', true);
}

function findDocument(path: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === path);
}
