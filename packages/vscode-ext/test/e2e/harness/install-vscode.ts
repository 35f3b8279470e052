import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileLogger } from './file-logger.ts';

/** A VS Code that can be started: `node entry …`. */
export interface VSCodeInstall {
  readonly node: string;
  readonly entry: string;
}

/** VS Code's own Node extension host and workbench, served to a browser, on the Node that it is made for. */
const NODE = `node-${process.platform}-${process.arch}`;
const PINS: Readonly<Record<string, string>> = { 'code-server': '4.139.1', [NODE]: '24.21.0' };

const SERVER = 'node_modules/code-server';
const VSCODE = `${SERVER}/lib/vscode`;

/** Large, and no test needs it: 360 of 820 MB. */
const TRIMMED: readonly string[] = [
  `node_modules/${NODE}/include`,
  `${VSCODE}/node_modules/@github`,
  `${VSCODE}/node_modules/@microsoft/mxc-sdk`,
  `${VSCODE}/extensions/copilot`,
  `${VSCODE}/extensions/mermaid-markdown-features`,
];

/** In the place of a native module, which would need a compiler. */
const WRITTEN: Readonly<Record<string, string>> = { [`${VSCODE}/node_modules/@vscode/spdlog/index.js`]: fileLogger };

/** VS Code takes NODE_OPTIONS from its extension host, so this is how `refuse-network.cjs` gets there. */
const PREPENDED: Readonly<Record<string, string>> = {
  [`${VSCODE}/out/bootstrap-fork.js`]: 'if (process.env.PRELOAD_E2E) await import(process.env.PRELOAD_E2E);\n',
};

/**
 * The VS Code for the tests: from the cache, or, where that has none with these pins, from the npm registry (half a
 * minute, 460 MB). The cache is `~/.cache/backflow-e2e`, or `$BACKFLOW_E2E_CACHE`.
 *
 * @param say is told before something takes long
 * @throws Error with npm's last words
 */
export async function installVSCode(say: (text: string) => void): Promise<VSCodeInstall> {
  const cache = process.env.BACKFLOW_E2E_CACHE ?? join(homedir(), '.cache', 'backflow-e2e');
  const recipe = createHash('sha256')
    .update(JSON.stringify([PINS, TRIMMED, WRITTEN, PREPENDED]))
    .digest('hex');
  const folder = join(cache, `vscode-${recipe.slice(0, 12)}`);
  if (!existsSync(folder)) {
    say(`Installing a VS Code for the tests into ${folder} …`);
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(join(cache, 'unfinished-'));
    try {
      await installInto(unfinished);
      await rename(unfinished, folder);
    } catch (cause) {
      // Another run may have been quicker.
      if (!existsSync(folder)) throw cause;
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  return { node: join(folder, 'node_modules', NODE, 'bin', 'node'), entry: join(folder, SERVER, 'out/node/entry.js') };
}

async function installInto(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: PINS }));
  await npmInstall(folder, folder);
  // What code-server's own install script would do, without the native builds. Both folders have a shrinkwrap.
  await npmInstall(join(folder, VSCODE), folder);
  await npmInstall(join(folder, VSCODE, 'extensions'), folder);
  for (const path of TRIMMED) await rm(join(folder, path), { recursive: true });
  for (const [path, text] of Object.entries(WRITTEN)) await writeFile(join(folder, path), text);
  for (const [path, text] of Object.entries(PREPENDED)) {
    await writeFile(join(folder, path), text + (await readFile(join(folder, path), 'utf8')));
  }
}

function npmInstall(cwd: string, folder: string): Promise<void> {
  // What `npm run` says of the project is not meant for this install; a proxy or a registry of one's own is.
  const ofProject = /^npm_(?!config_)|^npm_config_(local_prefix|workspaces?|include_workspace_root)$/;
  const env = Object.entries(process.env).filter(([name]) => !ofProject.test(name));
  const bin = join(folder, 'node_modules', NODE, 'bin');
  return new Promise((resolve, reject) => {
    const child = spawn('npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error', {
      cwd,
      shell: true,
      env: { ...Object.fromEntries(env), PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      const pins = Object.entries(PINS).map(([name, version]) => `${name}@${version}`);
      reject(
        new Error(
          `The tests need ${pins.join(' and ')} from the npm registry, and npm could not install them.\n${output}`,
        ),
      );
    });
  });
}
