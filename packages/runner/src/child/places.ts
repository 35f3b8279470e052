/** Where things lie in this run, as plain data: the hooks may run on a thread of their own. */
export interface Places {
  /** URL of the training file. */
  readonly trainingFile: string;
  /** URL of a module of the runner, from which its own copy of every `@backflow/*` package is found. */
  readonly runner: string;
  /** URLs of the folders of those copies, each with a `/` at its end. */
  readonly packages: readonly string[];
}

/** Whether a file is the learner's own: not in a `node_modules`, not in one of our packages. */
export function isLearnerFile({ packages }: Pick<Places, 'packages'>, url: string): boolean {
  return (
    url.startsWith('file:') && !url.includes('/node_modules/') && !packages.some((folder) => url.startsWith(folder))
  );
}
