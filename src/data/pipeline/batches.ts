import type { Json } from "../../core/stateful.js";
import type { Batch, BatchOrder, BatchStream, Dataset } from "../dataset.js";
import { dataIdentity } from "../records/identity.js";
import type { Pass, Step } from "./step.js";

/** Batches of a pass one after the other. */
export interface BatchCursor {
  next(): Promise<Batch | null>;
  /** The position after the last batch. */
  readonly position: Json;
  /** How many batches before the first wanted the pass lacks. */
  readonly missing?: number;
  recycle?(batch: Batch): void;
  close(): Promise<void>;
}

/** How records become batches. */
export interface Batching {
  /** The records that they are made of. */
  readonly step: Step<unknown>;
  /** e.g. `batch(32)`. */
  readonly said: string;
  readonly rows: number | null;
  /** Infinity without an end. */
  readonly count: number | null;
  /** "index": the number of a batch is its position. */
  readonly seek: "index" | "state";
  open(pass: Pass, from: number, position: Json): BatchCursor;
}

/**
 * Batches of records: what `fit`, `evaluate` and `predict` take. Each is made while the one before it is computed on;
 * {@link prefetch} says how many more.
 */
export class Batches implements Dataset {
  readonly rows: number | null;
  readonly seek: "index" | "state";
  readonly ordered = false as const;
  readonly endless: boolean;
  readonly #batching: Batching;
  readonly #ahead: number;

  /** @internal Made by `batch`, `paddedBatch` and `bucketByLength` of records. */
  constructor(batching: Batching, ahead = 1) {
    const { rows, seek } = batching;
    this.rows = rows === Number.POSITIVE_INFINITY ? null : rows;
    this.seek = seek;
    this.endless = batching.step.length === Number.POSITIVE_INFINITY;
    this.#batching = batching;
    this.#ahead = ahead;
  }

  /** The same, with this many batches made ahead. Costs their memory; changes nothing else. */
  prefetch(batches: number): Batches {
    return new Batches(this.#batching, batches);
  }

  batchesPerPass(): number | null {
    const { count } = this.#batching;
    return count === Number.POSITIVE_INFINITY ? null : count;
  }

  open({ seed, pass, from = 0, state = null }: BatchOrder): BatchStream {
    const cursor = this.#batching.open({ seed, epoch: pass }, from, state);
    const limit = this.#ahead;
    /** Batches that are being made, each with the position before it. */
    const queue: { readonly batch: Promise<Batch | null>; readonly before: Promise<Json> }[] = [];
    let last: Promise<unknown> = Promise.resolve();
    const begin = () => {
      const before = last.then(() => cursor.position);
      const batch = before.then(() => cursor.next());
      // Whoever asks for the batch meets the error.
      last = batch.catch(() => undefined);
      before.catch(() => undefined);
      return { batch, before };
    };
    return {
      get missing() {
        return cursor.missing ?? 0;
      },
      async next() {
        const { batch } = queue.shift() ?? begin();
        return batch;
      },
      prepare() {
        while (queue.length < limit) queue.push(begin());
      },
      getState: async () => (this.seek === "index" ? null : (queue[0]?.before ?? cursor.position)),
      recycle: (batch) => cursor.recycle?.(batch),
      async close() {
        await last;
        await cursor.close();
      },
    };
  }

  /** The steps, and each file by its name. */
  fingerprint(): Promise<Json> {
    const { step, said } = this.#batching;
    return dataIdentity(`${step.described}.${said}`, step.sources);
  }
}
