// @ts-check
/**
 * Importing this module sets the clone up: it installs the dependencies and builds the packages, as far as either is
 * missing or stale. With nothing to do it is silent, quick and needs no network.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A warm build takes a quarter of this; longer than this, and a person wants to know what is going on. */
const PATIENCE_MS = 1_000;

requireNode();
// Some of the tools colour their lines wherever these go; a pipe or a log gets plain ones.
if (!process.stdout.isTTY && !process.env.FORCE_COLOR) process.env.NO_COLOR ??= '1';
if (!isInstalled()) {
  console.error('Setting up: installing the dependencies …');
  // One string and a shell, because npm is `npm.cmd` on Windows.
  exitOnFailure(await run('npm ci --loglevel=error', [], { shell: true }));
}
await build();

/**
 * Runs turbo in the root, without its telemetry.
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} [stdio]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function turbo(args, stdio = 'inherit') {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  return run(process.execPath, ['node_modules/turbo/bin/turbo', ...args, '--output-logs=errors-only'], { env, stdio });
}

/** Ends the process, and says why, on a Node older than package.json's `engines` asks for. */
function requireNode() {
  const asked = readJson('package.json').engines.node;
  const [major = 0, minor = 0] = asked.match(/\d+/g).map(Number);
  const [ourMajor = 0, ourMinor = 0] = process.versions.node.split('.').map(Number);
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return;
  console.error(
    `Backflow needs Node ${asked}, and this is ${process.version}. Install a newer Node: https://nodejs.org`,
  );
  process.exit(1);
}

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed: it writes that
 * last, so an install that was cut off does not count.
 */
function isInstalled() {
  try {
    const installed = readJson('node_modules/.package-lock.json').packages;
    return Object.entries(readJson('package-lock.json').packages).every(
      // Optional packages are mostly for other platforms. The first entry is the root itself.
      ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
    );
  } catch {
    return false;
  }
}

async function build() {
  const notice = setTimeout(() => console.error('Setting up: building the packages …'), PATIENCE_MS);
  const { code, output } = await turbo(['run', 'build'], 'pipe');
  clearTimeout(notice);
  if (code !== 0) console.error(output);
  exitOnFailure({ code });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, output: string }>} `output` is stdout and stderr, where they are piped
 */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @param {{ code: number }} result */
function exitOnFailure({ code }) {
  if (code !== 0) process.exit(code);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(`${root}/${path}`, 'utf8'));
}
