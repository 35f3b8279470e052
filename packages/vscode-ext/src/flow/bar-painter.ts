import * as vscode from 'vscode';
import { BAR_STEP, BARS_HEIGHT, type Bars, barsOf, DARK, drawBars, type Ink, LIGHT } from './bars-svg.ts';
import type { Shown } from './run-display.ts';
import { TypeCache } from './type-cache.ts';

/** Decoration types to keep: a run's flow goes through some dozens of states, and comes back to many. */
const MAX_TYPES = 100;

/**
 * Paints the bars before the words of each layer's expression.
 *
 * The picture is part of a decoration type, and there is one for each state, kept: a picture given with each instance
 * blinks at every update.
 */
export class BarPainter implements vscode.Disposable {
  readonly #types = new TypeCache<Bars, vscode.TextEditorDecorationType>(MAX_TYPES, writeKey, makeType);
  /** What stands in each editor now. */
  readonly #painted = new Map<vscode.TextEditor, ReadonlySet<vscode.TextEditorDecorationType>>();

  /** @param shown undefined: nothing */
  paint(editor: vscode.TextEditor, shown: Shown | undefined): void {
    const ranges = new Map<vscode.TextEditorDecorationType, vscode.Range[]>();
    for (const { start, end, site } of shown?.sites ?? []) {
      if (site.text === '') continue;
      const type = this.#types.get(barsOf(site, shown?.age !== 'current'));
      const range = new vscode.Range(editor.document.positionAt(start), editor.document.positionAt(end));
      ranges.set(type, [...(ranges.get(type) ?? []), range]);
    }
    for (const [type, at] of ranges) editor.setDecorations(type, at);
    // After the new ones: a bar that changes is never gone.
    for (const type of this.#painted.get(editor) ?? []) if (!ranges.has(type)) editor.setDecorations(type, []);
    this.#painted.set(editor, new Set(ranges.keys()));
  }

  /** Forgets editors that are no longer there, and types that none of the others shows. */
  keep(editors: readonly vscode.TextEditor[]): void {
    for (const editor of this.#painted.keys()) if (!editors.includes(editor)) this.#painted.delete(editor);
    this.#types.trim(new Set([...this.#painted.values()].flatMap((types) => [...types])));
  }

  dispose(): void {
    this.#types.clear();
  }
}

function writeKey({ text, levels, isEarlier }: Bars): string {
  return JSON.stringify([text, levels, isEarlier]);
}

function makeType(bars: Bars): vscode.TextEditorDecorationType {
  const picture = (ink: Ink): vscode.ThemableDecorationRenderOptions => ({
    after: {
      contentIconPath: vscode.Uri.parse(
        `data:image/svg+xml;base64,${Buffer.from(drawBars(bars, ink)).toString('base64')}`,
      ),
      width: `${bars.levels.length * BAR_STEP}px`,
      height: `${BARS_HEIGHT}px`,
      margin: '0 .35em 0 .5em',
    },
  });
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    dark: picture(DARK),
    light: picture(LIGHT),
  });
}
