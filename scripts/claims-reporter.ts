import type { Reporter, TestCase } from 'vitest/node';

/** Prints, below the results, what the lessons' tests counted: `17 of 20 seeds` says more than a green tick. */
export class ClaimsReporter implements Reporter {
  readonly #claims = new Map<string, string[]>();

  onTestCaseAnnotate({ module }: TestCase, { type, message }: { type: string; message: string }): void {
    if (type !== 'claim') return;
    const lesson = module.relativeModuleId.replace(/^lessons\/([^/]+)\/.*$/, '$1');
    this.#claims.set(lesson, [...(this.#claims.get(lesson) ?? []), message]);
  }

  onTestRunEnd(): void {
    for (const [lesson, messages] of [...this.#claims].sort()) {
      console.log(`\n ${lesson}`);
      for (const message of messages) console.log(`   ${message}`);
    }
  }
}
