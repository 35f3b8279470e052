import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The extension hosts see that the server has gone, and let the extensions finish; on a busy machine, in seconds. */
const GRACE_MS = 15_000;

/**
 * Waits until every process has gone that works for a run of VS Code, and ends those that stay. Gives their command
 * lines. Sees nothing where there is no `/proc`.
 *
 * @param run the run's folder, which is in the environment or the arguments of each of its processes
 * @param node the Node that VS Code runs on
 */
export async function endProcesses(run: string, node: string): Promise<string[]> {
  const deadline = performance.now() + GRACE_MS;
  while (performance.now() < deadline) {
    if (processesOf(run, node).length === 0) return [];
    await sleep(100);
  }
  const left = processesOf(run, node);
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went by itself meanwhile.
    }
  }
  return left.map(({ command }) => command);
}

function processesOf(run: string, node: string): { pid: number; command: string }[] {
  return pids().flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      const isOurs =
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`=${run}/`) ||
        (command.includes(run) && readlinkSync(`/proc/${pid}/exe`) === node);
      // A process that has ended and is not yet reaped has no command line.
      return isOurs && command !== '' ? [{ pid, command }] : [];
    } catch {
      return [];
    }
  });
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && pid !== process.pid);
  } catch {
    return [];
  }
}
