/** What a learner does with mouse and keyboard. What comes of it is to be read from the screen: `on-screen.ts`. */
import type { Locator, Page } from 'playwright-core';
import { readLines, readQuickInput } from './on-screen.ts';

/** How long the keyboard's focus may be elsewhere before a key is pressed again, in milliseconds. */
const AGAIN_MS = 2_000;
const TRIES = 15;
/** In the title bar, where nothing pops up. */
const REST = { x: 400, y: 15 };

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

/** Moves the mouse to where it covers nothing and nothing pops up. */
export async function restMouse(page: Page): Promise<void> {
  await page.mouse.move(REST.x, REST.y);
}

/** Runs a command by its name in the palette, such as `Backflow: Run`. Waits until it is offered, else throws. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await pickFrom(page, 'F1', `>${name}`, name);
}

/** Opens the palette with something typed; `readQuickInput` gives what it offers. */
export async function openPalette(page: Page, typed: string): Promise<void> {
  await openQuickInput(page, 'F1', `>${typed}`);
}

/** Opens a file of the workspace by its name, and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  await pickFrom(page, 'Control+p', name, name);
  await page.locator(`.editor-group-container.active [data-uri$="/${name}"] .view-line`).first().waitFor();
}

/** Clicks the CodeLens with this title, which may turn into another one under the mouse. */
export async function clickCodeLens(page: Page, title: string): Promise<void> {
  await page.locator('.codelens-decoration a').getByText(title, { exact: true }).first().click();
  await restMouse(page);
}

/** Clicks the item of our extension in the status bar with this text in it. */
export async function clickStatusItem(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.statusbar-item[id^="backflow."] a').filter({ hasText: text }).first().click();
  await restMouse(page);
}

/** Clicks a button at the top right of the editor, by its tooltip. */
export async function clickTitleButton(page: Page, name: string | RegExp): Promise<void> {
  await page.locator('.editor-group-container.active .editor-actions').getByRole('button', { name }).first().click();
  await restMouse(page);
}

/** Puts the caret into the active editor. Lines and columns are 1-based. */
export async function placeCaret(page: Page, line: number, column: number): Promise<void> {
  await openQuickInput(page, 'Control+g', `:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('#status\\.editor\\.selection').getByText(`Ln ${line}, Col ${column}`, { exact: true }).waitFor();
}

/** Types into the active editor, in the place of `length` characters behind a position. */
export async function edit(page: Page, line: number, column: number, length: number, text: string): Promise<void> {
  await placeCaret(page, line, column);
  for (let count = 0; count < length; count++) await page.keyboard.press('Shift+ArrowRight');
  if (text) await page.keyboard.type(text);
  else await page.keyboard.press('Delete');
}

/** Puts a text in the place of all that stands in the active editor. */
export async function replaceText(page: Page, text: string): Promise<void> {
  await placeCaret(page, 1, 1);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Saves the active file, and waits until its tab says so. */
export async function save(page: Page): Promise<void> {
  await repeatUntil(
    () => page.keyboard.press('Control+s'),
    page.locator('.editor-group-container.active .tab.active:not(.dirty)'),
  );
}

/** Points with the mouse at a text in view, source or hint, until something pops up; `readHover` gives what it says. */
export async function hoverOver(page: Page, text: string): Promise<void> {
  await restMouse(page);
  await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
  const place = await findText(page, text);
  if (!place) {
    const lines = (await readLines(page)).map(({ source, hints }) => [source, ...hints].join('  '));
    throw new Error(`No line in view has ${JSON.stringify(text)}:\n${lines.join('\n')}`);
  }
  await repeatUntil(async () => {
    await restMouse(page);
    await page.mouse.move(place.x, place.y, { steps: 4 });
  }, page.locator('.monaco-hover:visible'));
}

/** Shows what hovering shows, at the caret and by keyboard. */
export async function hoverAtCaret(page: Page): Promise<void> {
  await runCommand(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover:visible').first().waitFor();
}

/** Opens the list of quick fixes at the caret; `readQuickFixes` gives what it offers. */
export async function openQuickFixes(page: Page): Promise<void> {
  await repeatUntil(() => page.keyboard.press('Control+.'), page.locator('.action-widget .monaco-list-row.action'));
}

/** Takes a quick fix from the open list. */
export async function takeQuickFix(page: Page, title: string): Promise<void> {
  await page.locator('.action-widget .monaco-list-row.action').getByText(title, { exact: true }).click();
  await restMouse(page);
}

/** Opens the Problems view; `readProblems` gives what it lists. */
export async function openProblems(page: Page): Promise<void> {
  await repeatUntil(() => runCommand(page, 'Problems: Focus on Problems View'), page.locator('.markers-panel'));
}

/** Lets a screen reader read the line of the caret; `readFocused` gives what it says. */
export async function readLineAloud(page: Page): Promise<void> {
  await runCommand(page, 'Read Line with Inlay Hints');
  await page.locator('.inlayhint-accessibility-element:focus').waitFor();
}

/** Chooses a color theme and waits until it is on. */
export async function chooseTheme(page: Page, theme: keyof typeof THEME_CLASSES): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await typeQuickInput(page, theme);
  await pick(page, theme);
  await page.locator(`.monaco-workbench.${THEME_CLASSES[theme]}`).waitFor();
}

const THEME_CLASSES = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Dark High Contrast': 'hc-black',
  'Light High Contrast': 'hc-light',
};

/** Changes user settings as one does by hand: in settings.json, saved, and closed again. */
export async function changeSettings(page: Page, changes: Readonly<Record<string, unknown>>): Promise<void> {
  await repeatUntil(
    () => runCommand(page, 'Preferences: Open User Settings (JSON)'),
    page.locator('.editor-group-container.active [data-uri$="/settings.json"] .view-line'),
  );
  await placeCaret(page, 1, 1);
  // Before the last brace: of two settings of one name the later one counts.
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.insertText(`,${JSON.stringify(changes).slice(1, -1)}`);
  await save(page);
  await runCommand(page, 'View: Close Editor');
}

/** Trusts a workspace in restricted mode, by the item in the status bar and the page that it opens. */
export async function trustWorkspace(page: Page): Promise<void> {
  const item = page.locator('.statusbar-item').getByText('Restricted Mode');
  const trust = page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true });
  await repeatUntil(() => item.click(), trust);
  await trust.click();
  await item.waitFor({ state: 'hidden' });
  await runCommand(page, 'View: Close Editor');
}

/** Opens a list at the top of the window, which is that of the moment, until it offers something; takes that. */
async function pickFrom(page: Page, key: string, typed: string, name: string): Promise<void> {
  try {
    await repeatUntil(() => openQuickInput(page, key, typed), quickInputRow(page, name));
  } catch (cause) {
    const offered = await readQuickInput(page);
    throw new Error(`${JSON.stringify(name)} is not offered, but ${JSON.stringify(offered)}`, { cause });
  }
  await pick(page, name);
}

async function openQuickInput(page: Page, key: string, typed: string): Promise<void> {
  await repeatUntil(() => page.keyboard.press(key), page.locator('.quick-input-widget .quick-input-box input:visible'));
  await typeQuickInput(page, typed);
}

async function typeQuickInput(page: Page, typed: string): Promise<void> {
  await page.locator('.quick-input-widget .quick-input-box input').fill(typed);
}

async function pick(page: Page, name: string): Promise<void> {
  await quickInputRow(page, name).click();
  await restMouse(page);
}

function quickInputRow(page: Page, name: string): Locator {
  return page.locator('.quick-input-widget .monaco-list-row .label-name').getByText(name, { exact: true }).first();
}

/** The middle of the first letter of a text in the active editor, which may be in pieces of several colours. */
function findText(page: Page, text: string): Promise<{ x: number; y: number } | undefined> {
  return page.locator('.editor-group-container.active .view-lines > .view-line').evaluateAll((lines, wanted) => {
    for (const line of lines) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const letters: { node: Node; offset: number }[] = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        for (let offset = 0; offset < (node.textContent ?? '').length; offset++) letters.push({ node, offset });
      }
      const whole = letters
        .map(({ node, offset }) => node.textContent?.[offset])
        .join('')
        .replaceAll('\u00a0', ' ');
      const first = letters[whole.indexOf(wanted)];
      if (!first) continue;
      const range = document.createRange();
      range.setStart(first.node, first.offset);
      range.setEnd(first.node, first.offset + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    return undefined;
  }, text);
}
