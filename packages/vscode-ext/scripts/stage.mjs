// @ts-check
/** Lays out the extension as it is installed: a folder with nothing in it but what a learner's editor loads. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('..', import.meta.url));
const root = join(here, '../..');
/** Whom a learner's file may import: these come with their types. */
const LIBRARIES = ['autograd', 'nn', 'datasets'];
/** Of VS Code's oldest supported version. */
const TARGET = 'node22';

/**
 * @param {string} stage the folder to lay it out in; what was there goes
 */
export async function stageExtension(stage) {
  rmSync(stage, { recursive: true, force: true });
  const modules = join(stage, 'node_modules');
  await bundle('src/extension.ts', join(stage, 'out/extension.js'), ['vscode', '@backflow/runner']);
  await bundle('src/types/server-plugin/create-plugin.ts', join(modules, 'backflow-ts-plugin/index.js'), [], {
    // The server takes a plugin's module itself for the factory.
    footer: { js: 'module.exports = module.exports.createPlugin;' },
  });
  writeJson(join(modules, 'backflow-ts-plugin/package.json'), { name: 'backflow-ts-plugin', version: '0.1.0' });
  const versions = await copyPackages(modules);
  writeJson(join(stage, 'package.json'), toManifest(versions));
  for (const file of ['README.md', 'package.nls.json', 'package.nls.ko.json', 'l10n', 'images/icon.png'])
    cpSync(join(here, file), join(stage, file), { recursive: true });
  cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
  copyLessons(join(stage, 'lessons'));
}

/**
 * @param {string} entry
 * @param {string} outfile
 * @param {string[]} external
 * @param {import('esbuild').BuildOptions} [options]
 */
async function bundle(entry, outfile, external, options) {
  await build({
    entryPoints: [join(here, entry)],
    outfile,
    external,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    // What other packages ship, and not their sources.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    ...options,
  });
}

/**
 * Copies the runner and all that it and a training file load, as files: they run in a process of their own. Of each
 * package only the files that some import leads to.
 * @param {string} modules
 * @returns {Promise<Record<string, string>>} the version of each package
 */
async function copyPackages(modules) {
  const { inputs } = (await build({ ...TRACED, entryPoints: entryPoints() })).metafile;
  const files = Object.keys(inputs).map((input) => join(root, input));
  const folders = new Set(files.map(packageOf));
  for (const file of files) {
    const folder = packageOf(file);
    // A `package.json` on the way tells what kind of modules there are.
    for (let inner = dirname(file); inner !== folder; inner = dirname(inner))
      if (existsSync(join(inner, 'package.json'))) copyInto(modules, join(inner, 'package.json'));
    copyInto(modules, file);
  }
  for (const name of LIBRARIES) {
    const dist = join(root, 'packages', name, 'dist');
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.d.ts')) copyInto(modules, join(dist, file));
  }
  const manifests = [...folders].map((folder) => readJson(join(folder, 'package.json')));
  const versions = Object.fromEntries(manifests.map(({ name, version }) => [name, version]));
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((name) => /^licen[cs]e/i.test(name)))
      copyInto(modules, join(folder, name));
    const manifest = readJson(join(folder, 'package.json'));
    writeJson(join(modules, manifest.name, 'package.json'), trim(manifest, versions));
  }
  return versions;
}

/**
 * Copies a file of a package to the same place in the package's copy.
 * @param {string} modules
 * @param {string} file
 */
function copyInto(modules, file) {
  const folder = packageOf(file);
  const target = join(modules, readJson(join(folder, 'package.json')).name, relative(folder, file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
}

/** Follows imports without writing anything. */
const TRACED = /** @type {const} */ ({
  bundle: true,
  metafile: true,
  // What is imported is loaded, whether anything of it is used or not.
  ignoreAnnotations: true,
  write: false,
  outdir: 'nowhere',
  format: 'esm',
  platform: 'node',
  target: TARGET,
  logLevel: 'error',
  absWorkingDir: root,
});

/** The runner, the files of its child process, and every public entry of the libraries. */
function entryPoints() {
  const runner = join(root, 'packages/runner/dist');
  const child = ['main', 'watchdog', 'hooks-thread'].map((name) => join(runner, 'child', `${name}.js`));
  const libraries = LIBRARIES.flatMap((name) => {
    const folder = join(root, 'packages', name);
    return Object.values(readJson(join(folder, 'package.json')).exports).flatMap((entry) =>
      entry.default ? [join(folder, entry.default)] : [],
    );
  });
  return [join(runner, 'index.js'), ...child, ...libraries];
}

/**
 * The folder of the package that a file belongs to.
 * @param {string} file
 * @returns {string}
 */
function packageOf(file) {
  const folder = /^.*[\\/](?:node_modules[\\/](?:@[^\\/]+[\\/])?|packages[\\/])[^\\/]+/.exec(file)?.[0];
  if (folder === undefined) throw new Error(`${file} is in no package`);
  return folder;
}

/**
 * A package's manifest without what only its own development needs, and without dependencies that nothing leads to.
 * @param {any} manifest
 * @param {Record<string, string>} shipped
 */
function trim({ devDependencies: _, scripts: __, files: ___, bin: ____, dependencies = {}, ...manifest }, shipped) {
  const kept = Object.entries(dependencies).filter(([name]) => name in shipped);
  const text = JSON.stringify(manifest, (key, value) => (key === '@backflow/source' ? undefined : value));
  return { ...JSON.parse(text), dependencies: Object.fromEntries(kept) };
}

/**
 * The extension's own manifest, as an editor reads it.
 * @param {Record<string, string>} versions
 */
function toManifest(versions) {
  const {
    type: _,
    private: __,
    scripts: ___,
    devDependencies: ____,
    peerDependencies: _____,
    peerDependenciesMeta: ______,
    ...manifest
  } = readJson(join(here, 'package.json'));
  const dependencies = { ...versions, 'backflow-ts-plugin': '0.1.0' };
  return { ...manifest, name: 'backflow', dependencies };
}

/**
 * The lessons without their tests.
 * @param {string} target
 */
function copyLessons(target) {
  const lessons = join(root, 'lessons');
  for (const lesson of readdirSync(lessons, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    cpSync(join(lessons, lesson.name), join(target, lesson.name), {
      recursive: true,
      filter: (path) => !path.endsWith('.test.ts'),
    });
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @param {string} path @param {unknown} value */
function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
