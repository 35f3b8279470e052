import type { Module } from '@backflow/nn/observe';
import type { LayerEvent } from '@backflow/trace';
import { RunnerError } from '../errors.ts';

/** The observer protocol that this runner speaks. */
const PROTOCOL = 1;

/** What a layer event says, apart from its number and place. */
type LayerFacts = Pick<LayerEvent, 'kind' | 'label' | 'path' | 'parameters' | 'figure'>;

type AutogradObserve = typeof import('@backflow/autograd/observe');
type NnObserve = typeof import('@backflow/nn/observe');

/** What a run tells while it trains. */
interface Observer {
  moduleMade(module: Module): void;
  optimizerMade(): void;
  stepped(): void;
  /** @param loss value of the root */
  backward(loss: number): void;
}

/** What can be asked of a running model. */
export interface Observed {
  /** The layers among some modules with what there is to say of each, in the order in which they were made. */
  describeLayers(modules: readonly Module[]): readonly (readonly [module: Module, facts: LayerFacts])[];
  /** The figure of a layer at this step; undefined if it took no part. */
  gradientNorm(module: Module): number | undefined;
}

/** The autograd and nn that the training file will import, the learner's own or the runner's. */
export interface Engines extends Observed {
  observe(observer: Observer): void;
  /** The names that the file asked `setting` for so far; undefined where its own install does not know them. */
  settingsAsked(): readonly string[] | undefined;
}

/**
 * Loads the runner's own engines, where there are no others: before there are hooks to ask about each module, this
 * takes 100 ms less.
 */
export async function preloadEngines(): Promise<void> {
  await Promise.all([import('@backflow/autograd'), import('@backflow/nn/observe')]);
}

/**
 * Loads the engines, with their seed and settings.
 *
 * @param seed wins over those that the training file sets; undefined leaves it to the file
 * Throws `RunnerError` `incompatible-install` for the learner's own install if it is of another time.
 */
export async function loadEngines(
  seed: number | undefined,
  settings: Readonly<Record<string, string | number | boolean>>,
): Promise<Engines> {
  const autograd = await load<AutogradObserve>('@backflow/autograd');
  const nn = await load<NnObserve>('@backflow/nn');
  if (seed !== undefined) autograd.pinSeed(seed);
  nn.provideSettings(settings);
  return {
    describeLayers: (modules) => {
      const paths = nn.pathsOf(modules);
      return modules
        .filter(nn.isLayer)
        .map((module) => [module, { ...nn.describe(module), path: paths.get(module) ?? '' }]);
    },
    gradientNorm: nn.gradientNorm,
    settingsAsked: () => (nn as Partial<NnObserve>).settingsAsked?.(),
    observe({ backward, ...modules }) {
      autograd.observe({ backward: (root) => backward(lossOf(root)) });
      nn.observe(modules);
    },
  };
}

async function load<Observe>(name: string): Promise<Observe> {
  const specifier = `${name}/observe`;
  const update = `Update it (npm install ${name}@latest), or remove it: without one the runner's own copy is used.`;
  try {
    const found = (await import(specifier)) as Observe & { observerProtocol: unknown };
    if (found.observerProtocol === PROTOCOL) return found;
    throw new RunnerError(
      'incompatible-install',
      `Your own ${name} speaks observer protocol ${String(found.observerProtocol)}, this runner ${PROTOCOL}. ${update}`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    throw new RunnerError('incompatible-install', `Your own ${name} cannot be observed. ${update}`, { cause: error });
  }
}

/** A root of several elements, whose gradient was given by hand, has no single value. */
function lossOf(root: { item(): number }): number {
  try {
    return root.item();
  } catch {
    return Number.NaN;
  }
}
