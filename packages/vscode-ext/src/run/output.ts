import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as vscode from 'vscode';
import { closingWords } from './closing-words.ts';
import { keepEnd } from './keep-end.ts';
import type { Session } from './session.ts';

/** Characters to show at once, twice a second. More cannot be read, and the panel would lag behind Stop. */
const MAX_PIECE = 20_000;

/** The output panel: what the learner's file prints, and the words at the end of a run. */
export class Output implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Backflow');
  #isAtLineStart = true;
  #isRevealed = false;
  #waiting = '';

  begin(file: string): void {
    this.#isRevealed = false;
    this.#write(`▷ ${basename(file)}\n`);
  }

  /** Kept back until `flush`: a flood comes in many pieces. */
  print(text: string): void {
    this.#waiting += text;
  }

  flush(): void {
    if (this.#waiting === '') return;
    // The panel shows no colours and would print their codes.
    this.#write(keepEnd(stripVTControlCharacters(this.#waiting), MAX_PIECE));
    this.#waiting = '';
    this.#reveal();
  }

  end(session: Session): void {
    this.flush();
    this.#write(`${this.#isAtLineStart ? '' : '\n'}\n${closingWords(session)}\n`);
    this.#reveal();
  }

  show(): void {
    this.#channel.show(true);
  }

  /** Once a run: whoever closes the panel meanwhile wants it closed. */
  #reveal(): void {
    if (this.#isRevealed || !vscode.workspace.getConfiguration('backflow').get('output.reveal', true)) return;
    this.#isRevealed = true;
    this.show();
  }

  #write(text: string): void {
    this.#channel.append(text);
    this.#isAtLineStart = text.endsWith('\n');
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
