import { expect, test } from 'vitest';
import { isTrainingFile } from '../../src/run/is-training-file.ts';

const file = { scheme: 'file', languageId: 'typescript' };

test.each([
  "import { Linear } from '@backflow/nn';",
  'import{Linear}from"@backflow/nn"',
  "import '@backflow/nn';",
  "export { gates } from '@backflow/datasets';",
  "const { Linear } = await import('@backflow/nn');",
  "import {\n  Linear,\n} from\n  '@backflow/nn/observe';",
])('%j is offered to run', (text) => {
  expect(isTrainingFile({ ...file, text })).toBe(true);
  expect(isTrainingFile({ ...file, languageId: 'javascript', text })).toBe(true);
});

test.each(['', "import { Linear } from './nn.ts';", "// see '@backflow/nn'", "import x from '@backflowing/nn';"])(
  '%j is not: it imports nothing of ours',
  (text) => {
    expect(isTrainingFile({ ...file, text })).toBe(false);
  },
);

test('what is no file of a language that runs is not offered: a page, one side of a comparison, output', () => {
  const text = "import '@backflow/nn';";
  expect(isTrainingFile({ ...file, languageId: 'markdown', text })).toBe(false);
  expect(isTrainingFile({ ...file, scheme: 'git', text })).toBe(false);
  expect(isTrainingFile({ ...file, scheme: 'untitled', text })).toBe(true);
});
