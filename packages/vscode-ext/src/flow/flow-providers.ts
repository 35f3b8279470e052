import * as vscode from 'vscode';
import { hintsOf } from './hints-of.ts';
import { hoverText } from './hover-text.ts';
import type { Shown } from './run-display.ts';

/** Where training files are: on disk, in any of the two languages. */
export const SELECTOR: readonly vscode.DocumentFilter[] = [
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'javascript' },
];

/** What is to be shown in a document, if anything. */
export type ShownIn = (document: vscode.TextDocument) => Shown | undefined;

/** The words of the flow, at the end of each layer's expression. */
export class FlowHints implements vscode.InlayHintsProvider {
  readonly onDidChangeInlayHints: vscode.Event<void>;
  readonly #shownIn: ShownIn;

  constructor(shownIn: ShownIn, changed: vscode.Event<void>) {
    this.#shownIn = shownIn;
    this.onDidChangeInlayHints = changed;
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const shown = this.#shownIn(document);
    if (!shown) return [];
    const budget = vscode.workspace.getConfiguration('editor', document).get<number>('inlayHints.maximumLength', 0);
    const lineOf = (offset: number): number => document.positionAt(offset).line;
    return hintsOf(shown, lineOf, budget).flatMap(({ offset, text, sites }) => {
      const position = document.positionAt(offset);
      if (!range.contains(position)) return [];
      const part = new vscode.InlayHintLabelPart(text);
      part.tooltip = toMarkdown(hoverText(shown, sites, vscode.l10n.t));
      part.command = { command: 'backflow.showOutput', title: vscode.l10n.t('What the run said') };
      const hint = new vscode.InlayHint(position, [part]);
      hint.paddingLeft = true;
      hint.paddingRight = true;
      return [hint];
    });
  }
}

/** The flow through the layers of the expression under the pointer, or under the caret by keyboard. */
export class FlowHover implements vscode.HoverProvider {
  readonly #shownIn: ShownIn;

  constructor(shownIn: ShownIn) {
    this.#shownIn = shownIn;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const shown = this.#shownIn(document);
    const offset = document.offsetAt(position);
    // Layers inside a layer's expression: the innermost speaks.
    const under = (shown?.sites ?? []).filter(({ start, end }) => start <= offset && offset <= end);
    const innermost = Math.min(...under.map(({ start, end }) => end - start));
    const here = under.filter(({ start, end }) => end - start === innermost);
    const [first] = here;
    if (!shown || !first) return undefined;
    const text = hoverText(
      shown,
      here.map(({ site }) => site),
      vscode.l10n.t,
    );
    return new vscode.Hover(
      toMarkdown(text),
      new vscode.Range(document.positionAt(first.start), document.positionAt(first.end)),
    );
  }
}

function toMarkdown(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString(text);
}
