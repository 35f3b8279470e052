/** What can be seen at this moment. Nothing here waits: `await expect.poll(() => readLines(page)).toEqual(…)` does. */
import type { Locator, Page } from 'playwright-core';

/** A picture that a decoration shows, with its upright bars from left to right. */
export interface ShownImage {
  readonly svg: string;
  /** The SVG's `rect` elements. */
  readonly bars: readonly { readonly height: number; readonly fill: string }[];
}

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A line of the active editor, as far as it is scrolled into view. */
export interface ShownLine {
  readonly number: number;
  /** What stands in the file. */
  readonly source: string;
  /** The texts of inlay hints. */
  readonly hints: readonly string[];
  /** The pictures of decorations. */
  readonly images: readonly ShownImage[];
  /** The texts of decorations. */
  readonly notes: readonly string[];
  /** One for each piece that is underlined. */
  readonly squiggles: readonly Severity[];
}

/** The lines of the active editor that are in view, from the top. */
export function readLines(page: Page): Promise<ShownLine[]> {
  return page.evaluate(() => {
    const editor = document.querySelector('.editor-group-container.active .monaco-editor');
    if (!editor) return [];
    const number = (row: Element): number => Number(row.textContent);
    const top = (row: Element): number => Number.parseFloat((row as HTMLElement).style.top);
    const rows = (selector: string): Element[] =>
      [...editor.querySelectorAll(selector)].sort((a, b) => top(a) - top(b));
    const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/[\u200b\u200c]/g, '');
    const severities = ['error', 'warning', 'info', 'hint'] as const;

    const numberAt = new Map(
      [...editor.querySelectorAll('.margin-view-overlays .line-numbers')].map((row) => [
        top(row.parentElement!),
        number(row),
      ]),
    );
    const squigglesAt = new Map(
      rows('.view-overlays > div').map((row) => [
        top(row),
        [...row.querySelectorAll('[class*="squiggly-"]')].map(
          (mark) => severities.find((name) => mark.classList.contains(`squiggly-${name}`))!,
        ),
      ]),
    );

    const readImage = (url: string): ShownImage => {
      const [, head = '', body = ''] = /^url\("data:image\/svg\+xml([^,]*),(.*)"\)$/s.exec(url) ?? [];
      const bytes = head.endsWith('base64') ? Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0)) : undefined;
      const svg = bytes ? new TextDecoder().decode(bytes) : decodeURIComponent(body);
      const bars = [...new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('rect')].map((bar) => ({
        height: Number(bar.getAttribute('height')),
        fill: bar.getAttribute('fill') ?? '',
      }));
      return { svg, bars };
    };

    const lines: (ShownLine & { source: string })[] = [];
    for (const row of rows('.view-lines > .view-line')) {
      const hints: string[] = [];
      const contents: string[] = [];
      let source = '';
      let isInHint = false;
      for (const span of row.querySelectorAll('span:not(:has(span))')) {
        const text = plain(span.textContent ?? '');
        const isHint = /\bdyn-rule-/.test(span.className);
        if (!isHint) source += text;
        else if (isInHint && text) hints.push((hints.pop() ?? '') + text);
        else if (text) hints.push(text);
        // A hint's padding is an empty span.
        isInHint = isHint && text !== '';
        for (const pseudo of ['::before', '::after']) {
          const { content, backgroundImage } = getComputedStyle(span, pseudo);
          contents.push(
            ...[content, content === 'none' ? 'none' : backgroundImage].filter((value) => /^(url\(|".)/.test(value)),
          );
        }
      }
      const shown = {
        number: numberAt.get(top(row)) ?? Number.NaN,
        source,
        hints,
        images: contents.filter((value) => value.startsWith('url(')).map(readImage),
        notes: contents.filter((value) => value.startsWith('"')).map((value) => plain(JSON.parse(value))),
        squiggles: squigglesAt.get(top(row)) ?? [],
      };
      const before = lines.at(-1);
      if (before && Number.isNaN(shown.number)) {
        // The rest of a wrapped line.
        lines[lines.length - 1] = {
          number: before.number,
          source: before.source + shown.source,
          hints: [...before.hints, ...shown.hints],
          images: [...before.images, ...shown.images],
          notes: [...before.notes, ...shown.notes],
          squiggles: [...before.squiggles, ...shown.squiggles],
        };
      } else lines.push(shown);
    }
    return lines;
  });
}

/** The line in view that contains a text. Throws if there is none. */
export async function readLine(page: Page, text: string): Promise<ShownLine> {
  const lines = await readLines(page);
  const line = lines.find(({ source }) => source.includes(text));
  if (!line)
    throw new Error(`No line in view has ${JSON.stringify(text)}:\n${lines.map(({ source }) => source).join('\n')}`);
  return line;
}

/** The titles of all CodeLenses in view, in reading order, without their icons. */
export function readCodeLenses(page: Page): Promise<string[]> {
  return texts(page.locator('.editor-group-container.active .codelens-decoration a'));
}

export interface StatusItem {
  readonly id: string;
  /** Without its icons. */
  readonly text: string;
  /** What a screen reader says: icons by name, text, tooltip. */
  readonly label: string;
}

/** The items that our extension has put into the status bar. */
export function readStatusItems(page: Page): Promise<StatusItem[]> {
  return page.locator('.statusbar-item[id^="backflow."]').evaluateAll((items) =>
    items.map((item) => ({
      id: item.id,
      text: (item.textContent ?? '').trim(),
      label: item.getAttribute('aria-label') ?? '',
    })),
  );
}

/** The texts of the messages that pop up at the bottom right. */
export function readNotifications(page: Page): Promise<string[]> {
  return texts(page.locator('.notifications-toasts .notification-list-item-message'));
}

/** What the box says that popped up at the mouse or at the caret. */
export async function readHover(page: Page): Promise<string> {
  return (await texts(page.locator('.monaco-hover:visible .hover-contents'))).join('\n');
}

/** The names in the list at the top of the window: commands, files, choices. */
export function readQuickInput(page: Page): Promise<string[]> {
  return texts(page.locator('.quick-input-widget .monaco-list-row .label-name:visible'));
}

/** The titles in the open list of quick fixes. */
export function readQuickFixes(page: Page): Promise<string[]> {
  return texts(page.locator('.action-widget .monaco-list-row.action'));
}

/** What the open Problems view lists: `Error: … at line 2 and character 24. generated by ts`. */
export function readProblems(page: Page): Promise<string[]> {
  return page
    .locator('.markers-panel .monaco-list-row[aria-level="2"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
}

/** The text of what has the keyboard's focus. */
export function readFocused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement?.textContent ?? '').replaceAll('\u00a0', ' ').trim());
}

/** The texts of all elements, trimmed, with ordinary spaces; empty ones left out. */
async function texts(elements: Locator): Promise<string[]> {
  const all = await elements.allInnerTexts();
  return all.map((text) => text.replaceAll('\u00a0', ' ').trim()).filter((text) => text !== '');
}
