import { existsSync } from 'node:fs';
import type { SourceRange } from '@backflow/trace';
import { RunnerError } from '../errors.ts';
import type { Failure } from './describe-failure.ts';
import { isMissingExport } from './describe-syntax-failure.ts';
import { findImports } from './find-imports.ts';
import type { LearnerFiles } from './learner-files.ts';
import { learnerFrames, placeOfTop } from './learner-frames.ts';
import type { ImportError } from './load-ours.ts';

/** What a learner imports; the other packages serve tools. */
const PUBLIC_PACKAGES = '@backflow/autograd, @backflow/nn, @backflow/datasets';

/** What is wrong with an import, pointing at it; undefined for any other failure. */
export function describeImportFailure(files: LearnerFiles, thrown: Error): Failure | undefined {
  if (thrown instanceof RunnerError) return { phase: 'import', name: thrown.code, message: thrown.message };
  if (thrown instanceof SyntaxError && isMissingExport(thrown.message)) return describeMissingExport(files, thrown);
  if ((thrown as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return describeMissingRequire(files, thrown);
  return 'specifier' in thrown && 'importer' in thrown
    ? describeMissingModule(files, thrown as ImportError)
    : undefined;
}

/** `require` goes its own way, past our hooks. */
function describeMissingRequire(files: LearnerFiles, { message, stack }: Error): Failure {
  const at = placeOfTop(files, learnerFrames(files, String(stack)));
  const [what] = message.split('\n');
  return {
    phase: 'import',
    name: 'missing-module',
    message: `${what}. A training file imports: import { Linear } from '@backflow/nn'`,
    ...(at && { at }),
  };
}

function describeMissingModule(files: LearnerFiles, { code, message, specifier, importer = '' }: ImportError): Failure {
  const found = importsOf(files, importer).find((each) => each.specifier === specifier);
  const at = found && files.range(importer, found.start, found.end);
  const isMissing = code === 'ERR_MODULE_NOT_FOUND';
  return {
    phase: 'import',
    name: isMissing ? 'missing-module' : code,
    message: isMissing ? `${describeMissing(specifier)} ${adviseMissing(specifier, importer)}` : message,
    ...(at && { at }),
  };
}

function isPath(specifier: string): boolean {
  return /^(?:\.{0,2}\/|file:)/.test(specifier);
}

function describeMissing(specifier: string): string {
  return isPath(specifier) ? `There is no file '${specifier}'.` : `There is no package '${packageOf(specifier)}'.`;
}

function adviseMissing(specifier: string, importer: string): string {
  if (specifier.startsWith('@backflow/')) return `There are ${PUBLIC_PACKAGES}.`;
  if (!isPath(specifier)) return `To install it beside your file: npm install ${packageOf(specifier)}`;
  const nearby = ['.ts', '.js', '.mts', '.mjs', '/index.ts', '/index.js'].find((ending) =>
    existsSync(new URL(specifier + ending, importer)),
  );
  return nearby
    ? `Did you mean '${specifier}${nearby}'? An import names the whole file.`
    : 'Is its name spelled right?';
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Node names the module and the name that it lacks, but not who asked. */
function describeMissingExport(files: LearnerFiles, { message }: SyntaxError): Failure {
  const [, name = ''] = /(?:export named|^Named export) '([^']+)'/.exec(message) ?? [];
  const [, specifier = ''] = /requested module '([^']+)'/.exec(message) ?? [];
  const asked = findAsked(files, specifier, name);
  const advice =
    asked && declaresType(files, asked.url, specifier, name)
      ? `${name} is a type there, and types are gone when a program runs. Write: import type { ${name} } from '${specifier}'`
      : `Is it spelled right? If ${name} is a type, write: import type { ${name} } from '${specifier}'`;
  return {
    phase: 'import',
    name: 'missing-export',
    message: `'${specifier}' does not export ${name}. ${advice}`,
    ...(asked?.at && { at: asked.at }),
  };
}

function findAsked(
  files: LearnerFiles,
  specifier: string,
  name: string,
): { url: string; at: SourceRange | undefined } | undefined {
  for (const { url } of files.newestFirst()) {
    const names = importsOf(files, url)
      .filter((each) => each.specifier === specifier)
      .flatMap((each) => each.names);
    const found = names.find((each) => each.name === name);
    if (found) return { url, at: files.range(url, found.start, found.end) };
  }
  return undefined;
}

/** Whether a file of the learner's declares a type of that name. */
function declaresType(files: LearnerFiles, importer: string, specifier: string, name: string): boolean {
  if (!isPath(specifier)) return false;
  const url = new URL(specifier, importer).href;
  const text = (files.find(url) ?? files.find(url.replace(/js$/, 'ts')))?.text ?? '';
  return new RegExp(`\\b(?:interface|type)\\s+${name.replaceAll('$', '\\$')}\\b`).test(text);
}

function importsOf(files: LearnerFiles, url: string): ReturnType<typeof findImports> {
  const file = files.find(url);
  return file ? findImports(file.code) : [];
}
