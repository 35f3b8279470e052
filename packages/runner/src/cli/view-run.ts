import { annotateSource, closingLines, flowOf, formatCount, type Line, type Mark } from '@backflow/insight';
import type { SourceEvent, TraceState } from '@backflow/trace';

/** A file longer than this is shown only around what there is to say. */
const LONG_FILE = 80;
/** Lines to show around a line that has something to say in a long file. */
const CONTEXT = 3;

/** A run as it stands, for people: the learner's source with the flow beside each layer, then the words. */
export function viewRun(state: TraceState, width: number): Line[] {
  const { error, end } = state;
  const { steps, sites, diagnoses } = flowOf(state, true);
  const shownStep = steps.at(-1);
  // What is said of the whole net stands in the words below; in the source only what happened at one place.
  const marks: Mark[] = [...state.diagnoses].flatMap(({ at, severity, message }) =>
    at ? [{ at, severity, text: message }] : [],
  );
  if (error?.at) marks.push({ at: error.at, severity: 'error', text: error.message });

  const told = new Set([...sites, ...marks].map(({ at }) => at?.hash));
  const shown = [...state.sources].filter(({ hash }) => hash === state.run?.hash || told.has(hash));
  const files = shown.flatMap((source) => [
    ...(shown.length > 1 ? [heading(source)] : []),
    ...annotateSource(source, sites, { marks, width, ...(isLong(source) && { context: CONTEXT }) }),
    { segments: [] },
  ]);
  return [
    ...(shownStep ? [caption(shownStep.step)] : []),
    ...files,
    ...closingLines({ steps: [...state.steps], diagnoses, end, error, width }),
  ];
}

/** Which step's flow stands in the source. */
function caption(step: number): Line {
  const legend = '∂ of weights, ∂y of outputs · bars from the loss back, one level = ×10';
  return { segments: [{ text: `Gradient flow at step ${formatCount(step)} · ${legend}`, role: 'dim' }] };
}

function heading({ file }: SourceEvent): Line {
  return { segments: [{ text: file, role: 'dim' }] };
}

function isLong({ text }: SourceEvent): boolean {
  return text.split('\n').length > LONG_FILE;
}
