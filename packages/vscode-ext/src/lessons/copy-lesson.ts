import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { copyTypes } from '../types/copy-types.ts';

/**
 * Copies a lesson into a folder of lessons, where the types of `@backflow/*` stand beside it: a TypeScript server of
 * any kind finds them there. A lesson that is already there stays as the learner left it.
 *
 * @param packages the folder of our packages
 * @param fresh throws away what the learner did to it
 * @returns whether the lesson was there before
 */
export async function copyLesson(
  lesson: string,
  packages: string,
  target: string,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<boolean> {
  const wasThere = existsSync(target);
  if (fresh || !wasThere) await cp(lesson, target, { recursive: true });
  await copyTypes(packages, join(target, '..', 'node_modules', '@backflow'));
  return wasThere;
}
