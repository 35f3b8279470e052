import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcesses } from './end-processes.ts';
import type { VSCodeInstall } from './install-vscode.ts';
import { settings as quiet } from './settings.ts';

export interface ServerOptions {
  /** A folder of its own: everything that this VS Code writes lies in it. */
  readonly run: string;
  /** Path of the packaged extension. */
  readonly vsix: string;
  /** On top of those in `settings.ts`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** False: every workspace opens in restricted mode. */
  readonly isTrusted: boolean;
}

export interface Server {
  readonly port: number;
  /** What processes of VS Code or of the extension wanted from other machines: `host:port, by program`, in order. */
  refusedConnections(): Promise<string[]>;
  /** Ends every process. Gives the command lines of those that did not end by themselves when the server did. */
  stop(): Promise<string[]>;
}

const PRELOAD = fileURLToPath(new URL('refuse-network.cjs', import.meta.url));

/** Starts a VS Code on a free port of this machine, with our extension in it and all else of its own. */
export async function startServer({ node, entry }: VSCodeInstall, options: ServerOptions): Promise<Server> {
  const { run, vsix, settings, isTrusted } = options;
  const user = join(run, 'user');
  const home = join(run, 'home');
  const network = join(run, 'network.log');
  await mkdir(join(user, 'User'), { recursive: true });
  await mkdir(home, { recursive: true });
  await writeFile(
    join(user, 'User', 'settings.json'),
    JSON.stringify({ ...quiet, 'security.workspace.trust.enabled': !isTrusted, ...settings }),
  );

  const start = (...args: string[]): ChildProcess =>
    spawn(
      node,
      [
        ...[entry, '--config', join(run, 'config.yaml'), '--user-data-dir', user],
        ...['--extensions-dir', join(run, 'extensions'), ...args],
      ],
      {
        cwd: run,
        // A group of its own, so that one signal reaches all of it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        // Nothing of the test's own environment.
        env: {
          PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
          LANG: 'C.UTF-8',
          TZ: 'UTC',
          HOME: home,
          XDG_CONFIG_HOME: join(home, '.config'),
          XDG_DATA_HOME: join(home, '.local', 'share'),
          EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '' }),
          NODE_OPTIONS: `--require=${JSON.stringify(PRELOAD)}`,
          PRELOAD_E2E: PRELOAD,
          NETWORK_LOG: network,
        },
      },
    );

  await outputOf(start('--install-extension', vsix), join(run, 'install.log'), /was successfully installed/);
  const server = start(
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', '--disable-proxy', '--ignore-last-opened'],
    ...(isTrusted ? ['--disable-workspace-trust'] : []),
  );
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (server.pid) process.kill(-server.pid, name);
    } catch {
      // The whole group has gone.
    }
  };
  const endAtOnce = (): void => signal('SIGKILL');
  process.once('exit', endAtOnce);
  const [, port] = await outputOf(server, join(run, 'server.log'), /listening on http:\/\/127\.0\.0\.1:(\d+)/);

  return {
    port: Number(port),
    refusedConnections: () => readRefused(network),
    stop: async () => {
      signal('SIGTERM');
      const left = await endProcesses(run, node);
      endAtOnce();
      process.off('exit', endAtOnce);
      return left;
    },
  };
}

/** What `refuse-network.cjs` has written. Throws if it did not watch the extension host, where our extension is. */
async function readRefused(log: string): Promise<string[]> {
  const lines = (await readFile(log, 'utf8')).split('\n');
  if (!lines.some((line) => line.startsWith('watching') && line.includes('--type=extensionHost')))
    throw new Error(`Nobody watches what the extension host connects to:\n${lines.join('\n')}`);
  return lines.filter((line) => line.startsWith('refused')).map((line) => line.slice('refused '.length));
}

/** Waits for words in what a process prints, all of which goes to a log. Throws with it if the process ends without. */
function outputOf(child: ChildProcess, log: string, expected: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        appendFileSync(log, text);
        output += text;
        const found = expected.exec(output);
        if (found) resolve(found);
      });
    }
    child.on('error', reject);
    child.on('close', (code) =>
      reject(new Error(`VS Code ended with code ${code}, and without ${expected}:\n${output}`)),
    );
  });
}
