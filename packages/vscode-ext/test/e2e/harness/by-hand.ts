import type { Locator, Page } from 'playwright-core';
import { texts } from './on-screen.ts';

/** What a learner does with mouse and keyboard. */

/** How long the keyboard's focus may be elsewhere before a key is pressed again, in milliseconds. */
const AGAIN_MS = 2_000;
const TRIES = 15;

/** Does something until its effect shows: VS Code moves the focus a while after it shows what is to have it. */
export async function repeatUntil(act: () => Promise<void>, effect: Locator): Promise<void> {
  for (let tries = 1; ; tries++) {
    await act();
    try {
      return await effect.first().waitFor({ timeout: AGAIN_MS });
    } catch (cause) {
      if (tries === TRIES) throw cause;
    }
  }
}

const rows = (page: Page): Locator => page.locator('.quick-input-widget .quick-input-list .monaco-list-row');

/** Types into the box at the top of the window, which a command has opened, and takes the row with exactly this name. */
async function pick(page: Page, typed: string, name: string): Promise<void> {
  await page.locator('.quick-input-widget .quick-input-box input').fill(typed);
  await rows(page).locator('.label-name').getByText(name, { exact: true }).first().click();
}

/** Runs a command by its name in the palette, such as `Backflow: Run`. */
export async function runCommand(page: Page, name: string): Promise<void> {
  const box = page.locator('.quick-input-widget .quick-input-box input');
  await repeatUntil(() => page.keyboard.press('F1'), box);
  await pick(page, `>${name}`, name);
}

/** The names of the commands that the palette offers for a text. */
export async function offeredCommands(page: Page, typed: string): Promise<string[]> {
  const box = page.locator('.quick-input-widget .quick-input-box input');
  await repeatUntil(() => page.keyboard.press('F1'), box);
  await box.fill(`>${typed}`);
  await rows(page).first().waitFor();
  const names = await texts(rows(page).locator('.label-name'));
  await page.keyboard.press('Escape');
  return names;
}

/** Clicks the CodeLens with this title. */
export async function clickCodeLens(page: Page, title: string | RegExp): Promise<void> {
  await page.locator('.codelens-decoration a').filter({ hasText: title }).first().click();
}

/** Puts the caret into the active editor. Lines and columns are 1-based. */
export async function placeCaret(page: Page, line: number, column: number): Promise<void> {
  const box = page.locator('.quick-input-widget .quick-input-box input');
  await repeatUntil(() => page.keyboard.press('Control+g'), box);
  await box.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('#status\\.editor\\.selection').getByText(`Ln ${line}, Col ${column}`).waitFor();
}

/** Replaces a piece of one line, keystroke for keystroke; an empty piece inserts. */
export async function edit(page: Page, line: number, from: number, to: number, text: string): Promise<void> {
  await placeCaret(page, line, from);
  for (let column = from; column < to; column++) await page.keyboard.press('Shift+ArrowRight');
  if (text) await page.keyboard.type(text);
  else await page.keyboard.press('Delete');
}

/** Replaces the whole text of the active editor. */
export async function replaceAll(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Saves the active file, and waits until its tab says so. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
}

/** Opens a file of the workspace by its name, and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  const box = page.locator('.quick-input-widget .quick-input-box input');
  await repeatUntil(() => page.keyboard.press('Control+p'), box);
  await pick(page, name, name);
  await page.locator(`.editor-group-container.active .monaco-editor[data-uri$="/${name}"] .view-line`).first().waitFor();
}

/** Points at a text in view with the mouse, and gives what the box that pops up says. */
export async function hoverOver(page: Page, text: string): Promise<string> {
  const box = await page.evaluate((wanted) => {
    const lines = document.querySelectorAll('.editor-group-container.active .view-lines > .view-line');
    for (const line of lines) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const nodes: Node[] = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const at = nodes.map((node) => node.textContent).join('').replaceAll('\u00a0', ' ').indexOf(wanted);
      if (at < 0) continue;
      let start = 0;
      for (const node of nodes) {
        const length = node.textContent?.length ?? 0;
        // The middle of the first letter: a word that spans two colours is still pointed at.
        if (at < start + length) {
          const range = document.createRange();
          range.setStart(node, at - start);
          range.setEnd(node, at - start + 1);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
        start += length;
      }
    }
    return undefined;
  }, text);
  if (!box) throw new Error(`No line in view has ${JSON.stringify(text)}, so there is nothing to point at`);
  const hover = page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-contents, .workbench-hover-container .monaco-hover');
  await repeatUntil(async () => {
    await page.mouse.move(box.x, box.y + 200);
    await page.mouse.move(box.x, box.y, { steps: 4 });
  }, hover);
  return (await texts(hover)).join('\n');
}

/** What the command "Show or Focus Hover" shows at the caret. */
export async function hoverAtCaret(page: Page): Promise<string> {
  const hover = page.locator('.monaco-editor .monaco-hover:not(.hidden) .hover-contents');
  await runCommand(page, 'Show or Focus Hover');
  await hover.first().waitFor();
  return (await texts(hover)).join('\n');
}

/** Opens the list of quick fixes at the caret, and gives their titles; the list stays open for `takeQuickFix`. */
export async function offeredQuickFixes(page: Page): Promise<string[]> {
  const fixes = page.locator('.action-widget .monaco-list-row.action');
  await repeatUntil(() => page.keyboard.press('Control+.'), fixes);
  return texts(fixes);
}

/** Takes a quick fix from the open list. */
export async function takeQuickFix(page: Page, title: string): Promise<void> {
  await page.locator('.action-widget .monaco-list-row.action').getByText(title, { exact: true }).click();
}

/** What a screen reader gets for a line from "Read Line with Inlay Hints": the source with the hints between. */
export async function readLineWithHints(page: Page, line: number): Promise<string> {
  await placeCaret(page, line, 1);
  await runCommand(page, 'Read Line with Inlay Hints');
  return '';
}

/** Opens the Problems view, and gives what its rows say. */
export async function readProblems(page: Page): Promise<string[]> {
  const list = page.locator('.markers-panel .monaco-list-row .marker-message-details-container, .markers-panel .message-box-container');
  await repeatUntil(() => runCommand(page, 'Problems: Focus on Problems View'), page.locator('.markers-panel'));
  return texts(list);
}

/** Chooses a color theme: `Dark Modern`, `Light Modern`, `Dark High Contrast`, `Light High Contrast`. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await pick(page, theme, theme);
}
