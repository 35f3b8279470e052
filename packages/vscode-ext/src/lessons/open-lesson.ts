import { join } from 'node:path';
import * as vscode from 'vscode';
import { copyLesson } from './copy-lesson.ts';
import { type Lesson, listLessons } from './lesson-list.ts';

/** In a folder that the learner chooses, so that nothing else there is touched. */
const FOLDER = 'backflow-lessons';

/** Where things lie. */
export interface LessonPlaces {
  /** The folder of the lessons in the extension. */
  readonly lessons: string;
  /** The folder of our packages. */
  readonly packages: string;
  /** A folder of this extension's own, that outlives it. */
  readonly storage: string;
}

/** `Backflow: Open a Lesson`: the learner chooses one and where to keep it, and gets a copy with its page. */
export async function openLesson({ lessons, packages, storage }: LessonPlaces): Promise<void> {
  const lesson = await chooseLesson(lessons);
  const folder = lesson && (await chooseFolder(storage));
  if (!lesson || folder === undefined) return;
  const [source, target] = [join(lessons, lesson.name), join(folder, lesson.name)];
  const wasThere = await copyLesson(source, packages, target);
  await show(target, lesson);
  if (wasThere) await offerFresh(() => copyLesson(source, packages, target, { fresh: true }));
}

async function chooseLesson(lessons: string): Promise<Lesson | undefined> {
  const items = listLessons(lessons, vscode.env.language).map((lesson) => ({
    label: lesson.title,
    description: lesson.name,
    detail: lesson.summary,
    lesson,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open a lesson'),
    placeHolder: vscode.l10n.t('Each lesson is a training file to run and to change, and a page that tells its story'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.lesson;
}

async function chooseFolder(storage: string): Promise<string | undefined> {
  const own = { label: `$(mortar-board) ${vscode.l10n.t('Keep it for me')}`, detail: join(storage, FOLDER) };
  const choose = {
    label: `$(folder) ${vscode.l10n.t('Choose a folder…')}`,
    detail: vscode.l10n.t('The lesson goes into a folder {0} in it', FOLDER),
  };
  const title = vscode.l10n.t('Where should your copy be?');
  const answer = await vscode.window.showQuickPick([own, choose], { title });
  if (answer === own) return own.detail;
  if (answer !== choose) return undefined;
  const [chosen] = (await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, title })) ?? [];
  return chosen && join(chosen.fsPath, FOLDER);
}

/** The training file in front, its page in the tab before it. */
async function show(target: string, { page }: Lesson): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(join(target, page)));
  await vscode.window.showTextDocument(vscode.Uri.file(join(target, 'train.ts')), { preview: false });
}

async function offerFresh(copy: () => Promise<unknown>): Promise<void> {
  const startOver = vscode.l10n.t('Start Over');
  const message = vscode.l10n.t('This is your copy from before. Starting over discards what you changed in it.');
  if ((await vscode.window.showInformationMessage(message, startOver)) === startOver) await copy();
}
