import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { restMouse } from './by-hand.ts';

/** The pictures in the docs. */
const DOCS = fileURLToPath(new URL('../../../../../docs/images', import.meta.url));

/**
 * A picture of the whole window, 1280 × 720 pixels, as `NAME.png`: in `docs/images` with `UPDATE_SCREENSHOTS=1`, else
 * in a temporary folder, so that a test run changes no file of the project. Gives its path.
 */
export async function takeScreenshot(page: Page, name: string): Promise<string> {
  const folder = process.env.UPDATE_SCREENSHOTS ? DOCS : join(tmpdir(), 'backflow-e2e-screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await restMouse(page);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}
