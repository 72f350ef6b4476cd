import { OptionError, StateError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions, text } from "../core/options.js";
import { classNameOf } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { isPlainObject } from "../core/value-text.js";
import type { Batch, BatchOrder, BatchStream, Dataset } from "./dataset.js";
import { type GeneratedBatch, toBatch } from "./generator-dataset.js";
import { permutation } from "./permutation.js";

/** Options of a {@link PyDataset}. */
export interface PyDatasetOptions {
  /** Rows of one pass, when known. Default null: not known. */
  readonly rows?: number | null;
  /** A name for this data, which should change when the data does. Part of a run's identity. Default null: none. */
  readonly fingerprint?: string | null;
}

const FIELDS: Fields<PyDatasetOptions> = { rows: nullable(int({ min: 1 })), fingerprint: nullable(text()) };

/** How Keras is told to fetch batches elsewhere; here nothing needs to be told. */
const WORKERS: readonly string[] = ["workers", "useMultiprocessing", "maxQueueSize"];

/**
 * Batches by their number, as in Keras: extend it with `length`, the number of batches, and `getItem(index)`, which gives
 * one, e.g. `[x, y]`; it may be async, and is asked for the next batch while the current one is computed.
 *
 * `fit` takes the batches in a new order in each pass, unless `shuffle` is false, and a training that is resumed goes on
 * at the very next one: `getItem` must give the same for an index whenever it is asked in the same pass. What changes
 * between passes is changed in `onEpochBegin` or `onEpochEnd`; a fresh process catches up on the passes that it has not
 * seen by calling both for each, and a pass that goes on after a stop is begun again. `evaluate`, `predict` and validation take the batches in order, and call neither.
 */
export abstract class PyDataset implements Dataset {
  readonly rows: number | null;
  readonly seek = "index" as const;
  readonly ordered = false as const;
  readonly #fingerprint: string | null;
  /** How many passes of training have ended, for {@link onEpochEnd}. */
  #ended = 0;

  constructor(options?: PyDatasetOptions) {
    const owner = classNameOf(new.target);
    refuseWorkers(owner, options);
    const { rows, fingerprint } = resolveOptions(owner, FIELDS, options);
    this.rows = rows;
    this.#fingerprint = fingerprint;
  }

  /** The batch number `index`, from 0: as a generator yields them, `[x, y]`, `[x, y, sampleWeight]` or `{ x, y }`. */
  abstract getItem(index: number): GeneratedBatch | Promise<GeneratedBatch>;

  /** Number of batches in one pass; null: there is no end, and `fit` needs `stepsPerEpoch`. */
  get length(): number | null {
    throw noLength(this);
  }

  /** The same under Keras 3's name: override one of the two. */
  get numBatches(): number | null {
    return this.length;
  }

  /** Called before each pass of a training. @param _pass how many came before it */
  onEpochBegin(_pass: number): void | Promise<void> {}

  /** Called after each pass of a training. @param _pass how many came before it */
  onEpochEnd(_pass: number): void | Promise<void> {}

  /** The batches in order. */
  async *[Symbol.asyncIterator](): AsyncGenerator<GeneratedBatch, undefined> {
    const count = this.#count();
    for (let index = 0; index < count; index++) yield this.getItem(index);
    return undefined;
  }

  batchesPerPass(): number | null {
    const count = this.#count();
    return count === Number.POSITIVE_INFINITY ? null : count;
  }

  async fingerprint(): Promise<string | null> {
    return this.#fingerprint;
  }

  open({ shuffle, seed, pass, from = 0, training = false }: BatchOrder): BatchStream {
    const count = this.#count();
    const isShuffled = shuffle !== false && Number.isFinite(count);
    let order: Uint32Array | null = null;
    let next = from;
    let begun = false;
    let ahead: Promise<Batch> | null = null;
    const make = async (at: number): Promise<Batch> => {
      if (isShuffled) order ??= permutation(count, seed, pass);
      const index = order?.[at] ?? at;
      return toBatch(await this.getItem(index), `Batch ${index} of ${classNameOf(this.constructor)}`);
    };
    const take = (): Promise<Batch> | null => (next < count ? make(next++) : null);
    return {
      missing: Math.max(0, from - count),
      next: async () => {
        if (training && !begun) await this.#begin(pass);
        begun = true;
        const batch = ahead ?? take();
        ahead = null;
        return batch;
      },
      prepare: () => {
        ahead ??= take();
        // Whoever asks for the batch meets the error.
        ahead?.catch(() => undefined);
      },
      getState: async (): Promise<Json> => null,
      close: async () => {
        const done = training && begun && next >= count && ahead === null;
        begun = false;
        if (done) await this.#end(pass);
      },
    };
  }

  async #begin(pass: number): Promise<void> {
    while (this.#ended < pass) {
      await this.onEpochBegin(this.#ended);
      await this.#end(this.#ended);
    }
    await this.onEpochBegin(pass);
  }

  async #end(pass: number): Promise<void> {
    await this.onEpochEnd(pass);
    this.#ended = Math.max(this.#ended, pass + 1);
  }

  #count(): number {
    const count: unknown = this.numBatches;
    if (count === null) return Number.POSITIVE_INFINITY;
    if (typeof count === "number" && Number.isInteger(count) && count > 0) return count;
    throw noLength(this, count);
  }
}

/** The same, by Keras's first name. */
export abstract class Sequence extends PyDataset {}

function refuseWorkers(owner: string, options: unknown): void {
  const given = isPlainObject(options) ? WORKERS.find((name) => name in options) : undefined;
  if (given === undefined) return;
  throw new OptionError({
    code: "no-workers",
    what: `${owner} has no option ${given}: nothing needs to be said about workers here`,
    received: given,
    expected: "rows and fingerprint, or nothing",
    fix: `Leave ${given} out. getItem may be async: the next batch is fetched while the current one is computed`,
  });
}

function noLength(dataset: PyDataset, received?: unknown): StateError {
  return new StateError({
    code: "no-length",
    what: `${classNameOf(dataset.constructor)} does not say how many batches it has`,
    received: received === undefined ? "no length" : String(received),
    expected: "a whole number above 0, or null for batches without an end",
    fix: "Add to the class: get length() { return Math.ceil(this.rows / this.batchSize); }",
  });
}
