import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, inject } from 'vitest';
import { type OpenOptions, openVSCode, type VSCode } from './open-vscode.ts';

/**
 * A test that opens VS Codes. Whatever else it claims, it fails if one of them wanted something from another machine,
 * or left a process behind. Of a failed test a picture and all logs are kept, and the place is printed.
 */
export const test = base.extend<{ open: (options: OpenOptions) => Promise<VSCode> }>({
  open: async ({ task }, use) => {
    const opened: VSCode[] = [];
    await use(async (options) => {
      const vscode = await openVSCode(inject('tools'), options);
      opened.push(vscode);
      return vscode;
    });
    const findings: string[] = [];
    for (const { page, run, outsideRequests, close } of opened) {
      await page.screenshot({ path: join(run, 'end.png') });
      const left = await close();
      const complaints = [
        ...left.map((command) => `It left a process behind: ${command}`),
        ...(await outsideRequests()).map((request) => `It wanted ${request}`),
      ];
      if (task.result?.state === 'fail' || complaints.length > 0)
        findings.push(...complaints, `Picture and logs: ${run}`);
      else await rm(run, { recursive: true });
    }
    if (findings.length > 0) throw new Error(findings.join('\n'));
  },
});
