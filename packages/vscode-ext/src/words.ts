/** Says a sentence in the learner's language, `{0}` and so on filled in: `vscode.l10n.t`, or a fake. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
