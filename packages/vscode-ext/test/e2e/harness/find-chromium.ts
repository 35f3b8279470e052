import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES: readonly string[] = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of the browser: `$CHROME_PATH`, else the first of the usual names on `$PATH`. Throws with what to install. */
export function findChromium(): string {
  const { CHROME_PATH, PATH = '' } = process.env;
  const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  const found = (CHROME_PATH ? [CHROME_PATH] : onPath).find(isExecutable);
  if (found) return found;
  const looked = CHROME_PATH
    ? `$CHROME_PATH is ${CHROME_PATH}, which cannot be run`
    : `none of ${NAMES.join(', ')} is on PATH`;
  throw new Error(
    `The end-to-end tests show VS Code in Chromium, and ${looked}.\n` +
      'Install it (Debian, Ubuntu: apt-get install -y chromium), or set CHROME_PATH to a Chrome or Chromium.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
