import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '@backflow/runner';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyLesson } from '../../src/lessons/copy-lesson.ts';
import { listLessons } from '../../src/lessons/lesson-list.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const lessons = join(root, 'lessons');
const packages = join(root, 'packages');
const name = '05-nine-hidden-sigmoid';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-lessons-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('lessons come in order, each with the heading and the beginning of its page', () => {
  const all = listLessons(lessons, 'en');
  expect(all.map((lesson) => lesson.name)).toEqual(all.map((lesson) => lesson.name).toSorted());
  const fifth = all.find((lesson) => lesson.name === name);
  expect(fifth).toMatchObject({ title: '05 · Nine hidden sigmoid layers', page: 'README.md' });
  expect(fifth?.summary).toMatch(/^Two layers solve XOR\. /);
});

test('a page in the language of the editor is taken; without one, the English page', () => {
  const pages = (language: string) => new Set(listLessons(lessons, language).map(({ page }) => page));
  expect(pages('ko-KR')).toEqual(new Set(['README.ko.md']));
  expect(pages('fr')).toEqual(new Set(['README.md']));
});

test('a copied lesson type-checks by what stands beside it, and runs', async () => {
  const target = join(folder, name);
  expect(await copyLesson(join(lessons, name), packages, target)).toBe(false);
  const flags = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom'];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, 'train.ts'], { cwd: target, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(await run(join(target, 'train.ts'), { steps: 3 }).done).toMatchObject({ reason: 'step-budget', steps: 3 });
});

test('a lesson that is there stays as the learner left it, unless they start over', async () => {
  const target = join(folder, name);
  await copyLesson(join(lessons, name), packages, target);
  writeFileSync(join(target, 'train.ts'), '// mine');
  expect(await copyLesson(join(lessons, name), packages, target)).toBe(true);
  expect(readFileSync(join(target, 'train.ts'), 'utf8')).toBe('// mine');
  await copyLesson(join(lessons, name), packages, target, { fresh: true });
  expect(readFileSync(join(target, 'train.ts'), 'utf8')).toContain('new Linear');
});

test('the types beside a lesson have no code: a run takes the one that came with the extension', async () => {
  await copyLesson(join(lessons, name), packages, join(folder, name));
  const types = join(folder, 'node_modules/@backflow/nn/dist');
  expect(existsSync(join(types, 'index.d.ts'))).toBe(true);
  expect(existsSync(join(types, 'index.js'))).toBe(false);
});
