import { appendFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { VSCodeInstall } from './install-vscode.ts';
import { startServer } from './start-server.ts';

/** What every VS Code of a test run is made from. */
export interface Tools {
  readonly install: VSCodeInstall;
  readonly chromium: string;
  /** Path of the packaged extension. */
  readonly vsix: string;
}

export interface OpenOptions {
  /** The workspace: a folder, of which a copy of the same name is opened, or the texts of files by their paths. */
  readonly workspace: string | Readonly<Record<string, string>>;
  /** A file to open, by its path in the workspace. */
  readonly file?: string;
  /** On top of those in `settings.ts`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: the workspace is in restricted mode until `trustWorkspace`. */
  readonly isTrusted?: boolean;
}

/** A running VS Code in a browser window. */
export interface VSCode {
  readonly page: Page;
  /** Where the opened workspace lies on disk. */
  readonly workspace: string;
  /** All that this VS Code wrote: its logs are `*.log` here, and `user/logs` (the extension host's in `exthost*`). */
  readonly run: string;
  /** Everything that the page, VS Code's processes or the extension wanted from another machine. None of it got out. */
  outsideRequests(): Promise<string[]>;
  /** Ends it all. Gives the command lines of processes that did not end by themselves: there should be none. */
  close(): Promise<string[]>;
}

/** The size of every window and screenshot, in pixels. */
const WINDOW = { width: 1280, height: 720 };
/** How long VS Code may take to open a file. It takes 10 s on two busy cores. */
const START_MS = 120_000;
/** How long anything else may take to appear. A slow machine is no failure. */
const PATIENCE_MS = 60_000;
/** Letters look the same wherever the fonts do, and the browser itself asks for nothing. */
const ARGS: readonly string[] = [
  ...['--disable-gpu', '--disable-lcd-text', '--font-render-hinting=none', '--force-color-profile=srgb'],
  // Playwright could refuse requests too, but then carries VS Code's own messages itself, and not all in order.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
];

/** Opens a workspace in a VS Code of its own, and waits until it, and the file if there is one, can be seen. */
export async function openVSCode(tools: Tools, options: OpenOptions): Promise<VSCode> {
  const { settings = {}, isTrusted = true } = options;
  const run = await mkdtemp(join(tmpdir(), 'backflow-e2e-'));
  const workspace = await layOut(options.workspace, run);
  const server = await startServer(tools.install, { run, vsix: tools.vsix, settings, isTrusted });
  const requests: string[] = [];
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: tools.chromium, args: [...ARGS] });
    const page = await newPage(browser, join(run, 'browser.log'), requests);
    await page.goto(address(server.port, workspace, options.file), { waitUntil: 'domcontentloaded' });
    await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: START_MS });
    if (options.file) {
      const lines = page.locator(`.monaco-editor[data-uri$="/${options.file}"] .view-line`);
      await lines.first().waitFor({ timeout: START_MS });
    }
    const opened = browser;
    return {
      page,
      workspace,
      run,
      outsideRequests: async () => [...requests, ...(await server.refusedConnections())],
      close: async () => {
        await opened.close();
        return server.stop();
      },
    };
  } catch (cause) {
    await browser?.close();
    await server.stop();
    throw new Error(`VS Code did not open; its logs are in ${run}. ${(cause as Error).message}`, { cause });
  }
}

async function layOut(source: OpenOptions['workspace'], run: string): Promise<string> {
  if (typeof source === 'string') {
    const folder = join(run, basename(source));
    await cp(source, folder, { recursive: true });
    return folder;
  }
  const folder = join(run, 'workspace');
  await mkdir(folder);
  for (const [path, text] of Object.entries(source)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** A window whose requests to other machines are refused, and put on the list. */
async function newPage(browser: Browser, log: string, refused: string[]): Promise<Page> {
  const context = await browser.newContext({
    viewport: WINDOW,
    deviceScaleFactor: 1,
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const note = (url: string): void => {
    const { protocol, hostname } = new URL(url);
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') refused.push(`${url}, by the page`);
  };
  context.on('request', (request) => note(request.url()));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('websocket', (socket) => note(socket.url()));
  page.on('console', (message) => appendFileSync(log, `[${message.type()}] ${message.text()}\n`));
  page.on('pageerror', (error) => appendFileSync(log, `[error] ${error.stack}\n`));
  return page;
}

function address(port: number, workspace: string, file: string | undefined): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set('folder', workspace);
  if (file) {
    const uri = `vscode-remote://127.0.0.1:${port}${join(workspace, file)}`;
    url.searchParams.set('payload', JSON.stringify([['openFile', uri]]));
  }
  return url.href;
}
