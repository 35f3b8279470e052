import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A lesson that can be opened. */
export interface Lesson {
  /** Its folder's name: `05-nine-hidden-sigmoid`. */
  readonly name: string;
  /** The heading of its page. */
  readonly title: string;
  /** The first sentences of its page. */
  readonly summary: string;
  /** Its page in the learner's language, if there is one, by its file name. */
  readonly page: string;
}

/** The lessons in a folder, in order. */
export function listLessons(folder: string, language: string): Lesson[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'train.ts')))
    .sort()
    .map((name) => {
      const [short = ''] = language.split('-');
      const page = existsSync(join(folder, name, `README.${short}.md`)) ? `README.${short}.md` : 'README.md';
      const text = readFileSync(join(folder, name, page), 'utf8');
      const [heading = name, summary = ''] = text.split(/\n{2,}/);
      return { name, title: heading.replace(/^#+\s*/, ''), summary: toPlain(summary), page };
    });
}

/** Markdown as it reads in a list. */
function toPlain(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
