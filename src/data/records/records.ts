import { int, oneOf, resolveOptions, text, wrongOption } from "../../core/options.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { BATCH, batch, type RecordBatchOptions } from "../pipeline/batch.js";
import { Batches } from "../pipeline/batches.js";
import { BUCKETS, type BucketOptions, bucketByLength } from "../pipeline/bucket-by-length.js";
import { cacheInFile, cacheInMemory } from "../pipeline/cache.js";
import { concat } from "../pipeline/concat.js";
import { filter } from "../pipeline/filter.js";
import { fromSource } from "../pipeline/from-source.js";
import { MAP, type MapOptions, map } from "../pipeline/map.js";
import { mix } from "../pipeline/mix.js";
import { skipDamaged } from "../pipeline/on-error.js";
import { PADDED, type PaddedBatchOptions, paddedBatch } from "../pipeline/padded-batch.js";
import { firstOf, PASS, type PassOptions, passOf } from "../pipeline/pass.js";
import { prefetch } from "../pipeline/prefetch.js";
import { repeat } from "../pipeline/repeat.js";
import { shard } from "../pipeline/shard.js";
import { type RecordShuffleOptions, SHUFFLE, shuffle } from "../pipeline/shuffle.js";
import { skip } from "../pipeline/skip.js";
import { SPLIT, type SplitOptions, split } from "../pipeline/split.js";
import { finite, inPlace, numbered, type Step } from "../pipeline/step.js";
import { take } from "../pipeline/take.js";
import { WINDOW, type Windowed, type WindowOptions, window } from "../pipeline/window.js";
import { zip } from "../pipeline/zip.js";
import type { MapFunction } from "../workers/made.js";
import { givenWork, type MapModule } from "../workers/work.js";
import type { DataRecord, RecordSource } from "./source.js";

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
   *
   * @param fn a function, or the module that exports it
   * @throws {OptionError} for a function that cannot be sent to workers
   */
  map<S extends object>(fn: MapFunction<R, S> | MapModule, options?: MapOptions): Records<S> {
    const { workers } = resolveOptions("Records.map", MAP, options);
    return new Records(map(this.#step, givenWork<R, S>(fn), workers));
  }

  /**
   * What becomes of records that cannot be made by the source and the steps before: "skip" leaves out those that are
   * damaged in their file, and those for which a function fails; `skipped` counts them. All others keep their numbers and
   * random numbers, a resume included; how many a pass has shows at its end only. A missing, changed or cut file, and a disk
   * that fails, is an error still. "error" (the default) changes nothing.
   *
   * @example
   * const pictures = (await data.imageFolder("crawled")).onError("skip");
   * @throws {OptionError} behind a filter: call it before
   */
  onError(what: "error" | "skip"): Records<R> {
    oneOf(["error", "skip"] as const).parse(what, "Records.onError");
    return what === "error" ? this : new Records(skipDamaged(numbered(this.#step, "onError")));
  }

  /** How many different records {@link onError} has left out in this process, and what was wrong with the first. */
  get skipped(): { readonly count: number; readonly first: string | null } {
    const { leftOut } = this.#step;
    const count = leftOut.reduce((sum, one) => sum + one.count, 0);
    return { count, first: leftOut.find(({ first }) => first !== null)?.first ?? null };
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

  /**
   * The same for records of different lengths: along each axis, shorter arrays are followed by `padValue`.
   *
   * @example
   * sentences.paddedBatch(32, { x: "tokens", y: "label" });
   */
  paddedBatch(size: number, options?: PaddedBatchOptions): Batches {
    const resolved = resolveOptions("Records.paddedBatch", PADDED, options);
    return new Batches(paddedBatch(this.#step, whole("Records.paddedBatch", size, 1), resolved));
  }

  /**
   * Padded batches of records of similar length, so that little is padded. A batch is given when `size` records of a bucket
   * are there; at the end of a pass the rest of each. How many batches that makes shows at the end only.
   *
   * @example
   * sentences.shuffle().bucketByLength(32, { boundaries: [10, 20, 40], length: "tokens", x: "tokens" });
   */
  bucketByLength(size: number, options: BucketOptions): Batches {
    const resolved = resolveOptions("Records.bucketByLength", BUCKETS, options);
    return new Batches(bucketByLength(this.#step, whole("Records.bucketByLength", size, 1), resolved));
  }

  /**
   * Windows of `size` records that follow one another: each field becomes a Tensor with one row a record. There are
   * floor((length - span) / stride) + 1 of them.
   *
   * @example
   * days.window(7).shuffle().map(({ value }) => ({ x: value.slice(0, 6), y: value.at(6) })).batch(32);
   */
  window(size: number, options?: WindowOptions): Records<Windowed<R>> {
    const resolved = resolveOptions("Records.window", WINDOW, options);
    return new Records(window(numbered(this.#step, "window"), whole("Records.window", size, 1), resolved));
  }

  /** Record by record the fields of both, as many as the shorter has. @throws {OptionError} for a field that both have */
  zip<S extends object>(other: Records<S>): Records<R & S> {
    return new Records(zip([this.#step, stepOf("zip", other)]) as Step<R & S>);
  }

  /** These records, then those of the others. */
  concat(...others: readonly Records<R>[]): Records<R> {
    return new Records(concat([this.#step, ...others.map((other) => stepOf("concat", other))]));
  }

  /**
   * Records of these and the others in turn, as often as the weights say, evenly spread; until one whose turn it is has no
   * more (`repeat` those that are to last). Weights are rounded to thousandths of their sum.
   *
   * @example
   * english.repeat().mix([german.repeat()], [0.8, 0.2]).take(10000);
   */
  mix(others: readonly Records<R>[], weights: readonly number[]): Records<R> {
    const steps = [this.#step, ...others.map((other) => stepOf("mix", other))];
    const isRight = Array.isArray(weights) && weights.length === steps.length && weights.every((item) => item > 0);
    if (!isRight) throw wrongOption("Records.mix weights", `${steps.length} numbers above 0, one for each`, weights);
    return new Records(mix(steps, weights));
  }

  /**
   * Two parts that have no record in common: the first with this fraction of the records, and the rest. They are chosen at
   * random, and stay in their order. Reads nothing, but for `by` and `stratify` all records once.
   *
   * @example
   * const [training, validation] = await records.split(0.9, { stratify: "label" });
   */
  async split(fraction: number, options?: SplitOptions): Promise<[Records<R>, Records<R>]> {
    const resolved = resolveOptions("Records.split", SPLIT, options);
    if (!(fraction > 0 && fraction < 1)) throw wrongOption("Records.split", "a number > 0 and < 1", fraction);
    if (resolved.by !== null && resolved.stratify !== null) {
      throw wrongOption("Records.split", "by or stratify, not both", "both");
    }
    finite(this.#step, "split");
    inPlace(this.#step, "split");
    const [first, second] = await split(numbered(this.#step, "split"), fraction, resolved);
    return [new Records(first), new Records(second)];
  }

  /**
   * All records as they are now, read once and kept: in memory, or in a file, which later processes use as long as the
   * data, the steps and the text of their functions are the same. Random numbers of `map` before it are drawn once. After
   * it records have numbers again, those behind a filter too.
   *
   * @example
   * const clean = await records.map(decode).filter(isWhole).cache("cache/clean.records");
   * @throws {FormatError} for a file that is no cache, or a damaged one
   */
  async cache(path?: string): Promise<Records<R>> {
    finite(this.#step, "cache");
    inPlace(this.#step, "cache");
    if (path === undefined) return new Records(await cacheInMemory(this.#step));
    return new Records(await cacheInFile(this.#step, text().parse(path, "Records.cache"), nodeVfs()));
  }

  /** Makes about `count` records ahead, while others are computed on. Stands last, before `batch`. */
  prefetch(count: number): Records<R> {
    return new Records(prefetch(this.#step, whole("Records.prefetch", count, 1)));
  }

  /** The records of one pass, to look at them; `for await` them. */
  pass(options?: PassOptions): AsyncGenerator<R, undefined> {
    return passOf(this.#step, resolveOptions("Records.pass", PASS, options));
  }

  /** The first `count` records of the first pass; default: all. */
  async toArray(count: number = Number.POSITIVE_INFINITY): Promise<R[]> {
    if (count === Number.POSITIVE_INFINITY) finite(this.#step, "toArray");
    return firstOf(this.#step, count === Number.POSITIVE_INFINITY ? count : whole("Records.toArray", count, 0));
  }

  /** @internal */
  static stepOf<R extends object>(records: Records<R>): Step<R> {
    return records.#step;
  }

  /** Releases the files that the sources hold open, and ends the workers of `map`. */
  async close(): Promise<void> {
    for (const pool of this.#step.pools) await pool.close();
    for (const source of this.#step.sources) await source.close?.();
  }
}

function whole(where: string, value: number, min: number): number {
  return int({ min }).parse(value, where);
}

function stepOf<R extends object>(where: string, records: Records<R>): Step<R> {
  if (!(records instanceof Records)) throw wrongOption(`Records.${where}`, "records", records);
  return Records.stepOf(records);
}

function called<F>(where: string, fn: F): F {
  if (typeof fn !== "function") throw wrongOption(`Records.${where}`, "a function of one record", fn);
  return fn;
}
