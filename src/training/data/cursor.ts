import { OptionError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import type { BatchOrder, BatchStream, Batch as DataBatch } from "../../data/index.js";
import type { ModelBatch } from "../state/batch.js";
import type { Source } from "./source.js";

/** A pass through the data: its batches one after the other, and the position. */
export class Cursor {
  readonly #source: Source;
  readonly #stream: BatchStream;
  #taken: number;
  /** The data behind the last batch. */
  #raw: DataBatch | null = null;
  /** A batch that was peeked at but not taken yet, with the position before it. */
  #ahead: { readonly batch: ModelBatch | null; readonly state: Json } | null = null;

  constructor(source: Source, order: BatchOrder) {
    this.#source = source;
    this.#stream = source.dataset.open(order);
    this.#taken = order.from ?? 0;
  }

  /** Number of batches taken in this pass. */
  get position(): number {
    return this.#taken;
  }

  /** By how many batches the data is shorter than the start position; known once a batch was asked for. */
  get missing(): number {
    return this.#stream.missing ?? 0;
  }

  /** The next batch, or null at the end. */
  async peek(): Promise<ModelBatch | null> {
    this.#ahead ??= { state: await this.#stream.getState(), batch: await this.#pull() };
    return this.#ahead.batch;
  }

  async next(): Promise<ModelBatch | null> {
    const batch = this.#ahead === null ? await this.#pull() : this.#ahead.batch;
    this.#ahead = null;
    if (batch !== null) this.#taken++;
    return batch;
  }

  /** Prepares the next batch while other threads compute. */
  prepare(): void {
    if (this.#ahead !== null) return;
    try {
      this.#stream.prepare?.();
    } catch {
      // The current step does not depend on it; the next one will meet the same error.
    }
  }

  /** Returns the memory of the last batch taken to its source; the batch must not be used afterwards. */
  recycle(): void {
    if (this.#ahead === null && this.#raw !== null) this.#stream.recycle?.(this.#raw);
    this.#raw = null;
  }

  /** For data that keeps its own position: the position after the batches taken. */
  getState(): Promise<Json> | Json {
    return this.#ahead === null ? this.#stream.getState() : this.#ahead.state;
  }

  close(): Promise<void> {
    return this.#stream.close();
  }

  async #pull(): Promise<ModelBatch | null> {
    const raw = await this.#stream.next();
    this.#raw = raw;
    return raw === null ? null : this.#source.batch(raw);
  }
}

/**
 * Rows per batch: as given; else so that all rows make `steps` batches; else 32.
 * @throws {OptionError} when the data comes in batches
 */
export function batchSizeFor(where: string, source: Source, given: number | null, steps: number | null): number {
  const { ordered, rows } = source.dataset;
  if (!ordered && given !== null) {
    throw new OptionError({
      code: "batch-size-of-batches",
      what: `${where}: batchSize means nothing for data that comes in batches`,
      received: String(given),
      fix: "Leave batchSize out; the data decides",
    });
  }
  if (given !== null) return given;
  return steps !== null && rows !== null ? Math.ceil(rows / steps) : 32;
}
