import { bool, type Fields, int, nullable, resolveOptions, wrongOption } from "../../core/options.js";
import { BATCH, batch, type RecordBatchOptions } from "../pipeline/batch.js";
import { Batches } from "../pipeline/batches.js";
import { filter } from "../pipeline/filter.js";
import { fromSource } from "../pipeline/from-source.js";
import { type MapFunction, map } from "../pipeline/map.js";
import { repeat } from "../pipeline/repeat.js";
import { shard } from "../pipeline/shard.js";
import { type RecordShuffleOptions, shuffle } from "../pipeline/shuffle.js";
import { skip } from "../pipeline/skip.js";
import { finite, numbered, type Pass, type Step } from "../pipeline/step.js";
import { take } from "../pipeline/take.js";
import { Taken } from "../pipeline/taken.js";
import type { DataRecord, RecordSource } from "./source.js";

const SHUFFLE: Fields<RecordShuffleOptions> = {
  seed: nullable(int()),
  eachPass: bool(true),
  window: int({ min: 1 }, { default: 4 }),
};

/** Which pass is looked at. */
export interface PassOptions {
  /** Default 0. */
  readonly seed?: number;
  /** How many passes came before it. Default 0. */
  readonly epoch?: number;
}

const PASS: Fields<PassOptions> = { seed: int({}, { default: 0 }), epoch: int({ min: 0 }, { default: 0 }) };

/**
 * Records of data of any size, and the steps that prepare them. Nothing is read before records are asked for; each method
 * gives new `Records` and leaves these as they are. A training over them that is stopped anywhere goes on at the very next
 * record, without reading those before it.
 *
 * @example
 * const digits = data.arrays({ x: images, y: labels });
 * await model.fit(digits.shuffle().batch(32), { epochs: 5, run: "runs/digits" });
 */
export class Records<R extends object = DataRecord> {
  readonly #step: Step<R>;

  /** @internal Made by the sources, e.g. `data.records`. */
  constructor(step: Step<R>) {
    this.#step = step;
  }

  /**
   * The records of a source of your own.
   * @param name what messages call it, e.g. `myFormat("train.bin")`
   */
  static from<R extends object>(source: RecordSource<R>, name: string): Records<R> {
    return new Records(fromSource(source, name));
  }

  /** Number of records in one pass; Infinity after an endless `repeat`, null when it shows at the end only. */
  get length(): number | null {
    return this.#step.length;
  }

  /** The steps in words, e.g. `records(100).shuffle().map(scale)`. */
  toString(): string {
    return this.#step.described;
  }

  /**
   * What the function makes of each record; it may be async, and may make records of other fields. Random numbers come
   * from `context.random`: they are the same whenever the same record of the same pass is made again.
   *
   * @example
   * records.map(({ image, label }, { random }) => ({ x: random.chance() ? flipped(image) : image, y: label }));
   */
  map<S extends object>(fn: MapFunction<R, S>): Records<S> {
    return new Records(map(this.#step, called("map", fn)));
  }

  /** The records for which the function says true. How many these are shows at the end of a pass only. */
  filter(keeps: (record: R) => boolean | Promise<boolean>): Records<R> {
    return new Records(filter(this.#step, called("filter", keeps)));
  }

  /**
   * All records in a random order, a new one in each pass. Nothing is stored for it, whatever the number of records, and
   * any place of any pass is reached at once. Files that must be read in blocks (Parquet) give their blocks in random
   * order, and the records of each `window` blocks in random order: these are in memory at once, and are read again where
   * a training goes on.
   * @throws {OptionError} behind a filter: shuffle first
   */
  shuffle(options?: RecordShuffleOptions): Records<R> {
    finite(this.#step, "shuffle");
    return new Records(shuffle(numbered(this.#step, "shuffle"), resolveOptions("Records.shuffle", SHUFFLE, options)));
  }

  /** The first `count` records of each pass. */
  take(count: number): Records<R> {
    return new Records(take(this.#step, whole("Records.take", count, 0)));
  }

  /** All records of each pass but the first `count`. */
  skip(count: number): Records<R> {
    return new Records(skip(this.#step, whole("Records.skip", count, 0)));
  }

  /** Every `count`-th record from record `index` on: the data of one of `count` processes. */
  shard(count: number, index: number): Records<R> {
    whole("Records.shard count", count, 1);
    if (whole("Records.shard index", index, 0) >= count)
      throw wrongOption("Records.shard index", `below ${count}`, index);
    return new Records(shard(this.#step, count, index));
  }

  /** The records `count` times in one pass, each round in an order of its own. Default: without an end. */
  repeat(count: number = Number.POSITIVE_INFINITY): Records<R> {
    if (count !== Number.POSITIVE_INFINITY) whole("Records.repeat", count, 1);
    return new Records(repeat(this.#step, count));
  }

  /**
   * Batches of `size` records: what `fit`, `evaluate` and `predict` take. Fields of numbers become float32 tensors of
   * shape [size], arrays of shape [a, b] tensors of shape [size, a, b] and the same dtype. The last batch of a pass may be
   * smaller.
   *
   * @example
   * records.batch(32, { x: ["image", "age"], y: "label" });
   */
  batch(size: number, options?: RecordBatchOptions): Batches {
    return new Batches(
      batch(this.#step, whole("Records.batch", size, 1), resolveOptions("Records.batch", BATCH, options)),
    );
  }

  /** The records of one pass, to look at them; `for await` them. */
  pass(options?: PassOptions): AsyncGenerator<R, undefined> {
    return this.#pass(resolveOptions("Records.pass", PASS, options));
  }

  async *#pass(pass: Pass): AsyncGenerator<R, undefined> {
    const cursor = this.#step.open(pass, null);
    try {
      for (let run = await cursor.next(32); run !== null; run = await cursor.next(32)) yield* run.records;
    } finally {
      await cursor.close();
    }
    return undefined;
  }

  /** The first `count` records of the first pass; default: all. */
  async toArray(count: number = Number.POSITIVE_INFINITY): Promise<R[]> {
    if (count === Number.POSITIVE_INFINITY) finite(this.#step, "toArray");
    const most = count === Number.POSITIVE_INFINITY ? (this.length ?? 1e9) : whole("Records.toArray", count, 0);
    const taken = new Taken(this.#step.open({ seed: 0, epoch: 0 }, null), null);
    try {
      const { records } = await taken.take(most);
      return [...records];
    } finally {
      await taken.close();
    }
  }

  /** Releases the files that the sources hold open. */
  async close(): Promise<void> {
    for (const source of this.#step.sources) await source.close?.();
  }
}

function whole(where: string, value: number, min: number): number {
  return int({ min }).parse(value, where);
}

function called<F>(where: string, fn: F): F {
  if (typeof fn !== "function") throw wrongOption(`Records.${where}`, "a function of one record", fn);
  return fn;
}
