import type { Module } from '@backflow/nn/observe';
import type { LayerEvent, SourceRange, TraceEvent } from '@backflow/trace';
import type { CriticalSection } from './critical-section.ts';
import type { Engines, Observed } from './engines.ts';
import { isScheduled } from './schedule.ts';

/** A watcher sees something new at least this often, however rare the scheduled steps have become. */
const LIVE_MS = 250;

/** A layer that has an event. Held weakly: a file may make thousands of models and drop them. */
interface Layer {
  readonly id: string;
  readonly module: WeakRef<Module>;
}

interface Made {
  readonly module: WeakRef<Module>;
  readonly at: SourceRange | undefined;
}

/** What a file did towards its first step. */
export interface Seen {
  readonly optimizers: number;
  /** Root `backward()` calls. */
  readonly backwards: number;
  /** `optimizer.step()` calls before the first `backward()`: no loss, no gradient, nothing to show. */
  readonly emptySteps: number;
}

/** Turns what a training run does into the steps of its trace. */
export class Recorder {
  readonly #send: (event: TraceEvent) => void;
  readonly #stepped: (steps: number) => void;
  readonly #section: CriticalSection;
  #observed: Observed | undefined;
  #startedAt = performance.now();
  #made: Made[] = [];
  #layers: Layer[] = [];
  #layerCount = 0;
  #optimizers = 0;
  #backwards = 0;
  #emptySteps = 0;
  #loss = Number.NaN;
  /** The last finished step, its figures in the order of the layers: storage that every step uses again. */
  #steps = 0;
  #figures = new Float64Array(0);
  #elapsedMs = 0;
  /** The last step that has an event, and when it was sent. */
  #sentStep = 0;
  #sentAt = 0;

  /** @param stepped told of each finished step, after its event was sent, and of each empty one before the first */
  constructor(send: (event: TraceEvent) => void, stepped: (steps: number) => void, section: CriticalSection) {
    this.#send = send;
    this.#stepped = stepped;
    this.#section = section;
  }

  /**
   * Follows what the engines do from now on.
   *
   * @param placeOfLayer asked while a module is being made
   */
  watch(engines: Engines, placeOfLayer: () => SourceRange | undefined): void {
    this.#observed = engines;
    this.#startedAt = performance.now();
    engines.observe({
      // Its fields are not there yet: whether it is a layer is seen at the end of the step.
      moduleMade: (module) => this.#made.push({ module: new WeakRef(module), at: placeOfLayer() }),
      optimizerMade: () => {
        this.#optimizers += 1;
      },
      stepped: () => this.#section.run(() => (this.#backwards > 0 ? this.#endStep() : this.#endEmptyStep())),
      backward: (loss) => {
        this.#backwards += 1;
        this.#loss = loss;
        // Nothing else ends a step where there is no optimiser.
        if (this.#optimizers === 0) this.#section.run(() => this.#endStep());
      },
    });
  }

  /** Steps finished. */
  get steps(): number {
    return this.#steps;
  }

  /** What a file without a step lacks. */
  get seen(): Seen {
    return { optimizers: this.#optimizers, backwards: this.#backwards, emptySteps: this.#emptySteps };
  }

  /** Milliseconds since the training file began. */
  now(): number {
    return performance.now() - this.#startedAt;
  }

  /** Sends the last step if the schedule left it out. Call it once, when the run is over. */
  flush(): void {
    if (this.#sentStep < this.#steps) this.#sendStep();
  }

  #endStep(): void {
    this.#sendLive();
    this.#addLayers();
    this.#steps += 1;
    this.#elapsedMs = this.now();
    for (const [index, { module }] of this.#layers.entries()) {
      const layer = module.deref();
      // NaN is a figure too: absence is kept apart by the sign of infinity, which no norm has.
      this.#figures[index] = (layer && this.#observed?.gradientNorm(layer)) ?? ABSENT;
    }
    if (isScheduled(this.#steps)) this.#sendStep();
    this.#stepped(this.#steps);
  }

  /** Counts for the step budget, so that a loop without `backward()` ends too. */
  #endEmptyStep(): void {
    this.#emptySteps += 1;
    this.#stepped(this.#emptySteps);
  }

  /** The step before, if nothing was sent for a while: it cannot be the last any more, whose event must be scheduled. */
  #sendLive(): void {
    if (this.#sentStep < this.#steps && this.now() - this.#sentAt >= LIVE_MS) this.#sendStep({ live: true });
  }

  #sendStep(live: { live?: true } = {}): void {
    const gradients: Record<string, number> = {};
    for (const [index, { id }] of this.#layers.entries()) {
      const figure = this.#figures[index];
      if (figure !== undefined && figure !== ABSENT) gradients[id] = figure;
    }
    const step = this.#steps;
    this.#send({ type: 'step', step, loss: this.#loss, gradients, elapsedMs: this.#elapsedMs, ...live });
    this.#sentStep = step;
    this.#sentAt = this.now();
  }

  #addLayers(): void {
    if (this.#made.length === 0) return;
    const made = this.#made.flatMap(({ module, at }) => {
      const alive = module.deref();
      return alive ? [{ module: alive, at }] : [];
    });
    this.#made = [];
    for (const [module, about] of this.#observed?.describeLayers(made.map(({ module }) => module)) ?? []) {
      const at = made.find((each) => each.module === module)?.at;
      this.#layerCount += 1;
      const event: LayerEvent = { type: 'layer', id: this.#layerCount, ...about, ...(at && { at }) };
      this.#send(event);
      this.#layers.push({ id: String(event.id), module: new WeakRef(module) });
    }
    this.#layers = this.#layers.filter(({ module }) => module.deref());
    this.#figures = new Float64Array(this.#layers.length);
  }
}

/** Stands for the figure of a layer that took no part. */
const ABSENT = Number.NEGATIVE_INFINITY;
