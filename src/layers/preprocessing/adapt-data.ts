import { OptionError } from "../../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../../core/options.js";
import { isConfig } from "../../core/parts.js";
import { Tensor, type TensorLike } from "../../core/tensor.js";
import { isClass, valueText } from "../../core/value-text.js";
import { type Dataset, isDataset } from "../../data/index.js";
import { refuseEndless } from "../../data/records/refuse-endless.js";
import { refuseRecords } from "../../data/records/refuse-records.js";
import { exactTensor, type HostArray } from "../base/host-data.js";

type Batches = Iterable<unknown> | AsyncIterable<unknown>;

/**
 * What `adapt` learns from: one array, a list of tensors (each a batch), a data set, an iterable of batches, or a function
 * that makes one. Of batches `[x, y]` and `{ x, y }` it takes x.
 */
export type AdaptData = HostArray | readonly TensorLike[] | Dataset | Batches | (() => Batches);

/** Options of `adapt`. */
export interface AdaptOptions {
  /** Batches to learn from, for data that comes in batches. Default null: all. */
  readonly steps?: number | null;
}

const FIELDS: Fields<AdaptOptions> = { steps: nullable(int({ min: 1 })) };

/** Rows of a batch of a data set of arrays; what is learned does not depend on it. */
const ROWS = 1024;

/** An array that counts as one batch, or something that gives several. */
export interface AdaptSource {
  /** Whether all of it came as one array. */
  readonly isOne: boolean;
  batches(): AsyncGenerator<Tensor, void, void>;
}

/**
 * @param where e.g. `adapt of Normalization "norm"`
 * @throws {OptionError} when it is no data, or there is none
 */
export function adaptSource(where: string, data: unknown, options?: AdaptOptions): AdaptSource {
  refuseRecords(data);
  const { steps } = resolveOptions(where, FIELDS, options);
  if (isOneArray(data)) {
    if (steps !== null) throw stepsOfArray(where, steps);
    const tensor = exactTensor(data, where);
    if (tensor.size === 0) throw noData(where);
    return {
      isOne: true,
      async *batches() {
        yield tensor;
      },
    };
  }
  if (isDataset(data)) refuseEndless(where, data, steps);
  return { isOne: false, batches: () => taken(where, batchesOf(where, data), steps) };
}

async function* taken(where: string, batches: AsyncIterable<unknown> | Iterable<unknown>, steps: number | null) {
  let count = 0;
  for await (const batch of batches) {
    yield exactTensor(inputIn(where, batch), `A batch of ${where}`);
    if (++count === steps) return;
  }
  if (count === 0) throw noData(where);
}

function isOneArray(data: unknown): boolean {
  if (data instanceof Tensor || ArrayBuffer.isView(data)) return true;
  if (Array.isArray(data)) return data.length === 0 || !data.every(isArrayObject);
  return typeof data !== "object" ? typeof data !== "function" : data !== null && "data" in data && "shape" in data;
}

const isArrayObject = (item: unknown): boolean =>
  ArrayBuffer.isView(item) || (typeof item === "object" && item !== null && "data" in item && "shape" in item);

function batchesOf(where: string, data: unknown): AsyncIterable<unknown> | Iterable<unknown> {
  const given: unknown = typeof data === "function" && !isClass(data) ? (data as () => unknown)() : data;
  if (isDataset(given)) return batchesIn(given);
  const isIterable = typeof given === "object" && given !== null;
  if (isIterable && (Symbol.iterator in given || Symbol.asyncIterator in given)) return given as Batches;
  throw new OptionError({
    code: "adapt-data",
    what: `${where} cannot learn from this`,
    received: valueText(given),
    expected: "an array, a tensor, a data set, or an iterable of batches",
    fix: "Give the arrays themselves, e.g. layer.adapt(x)",
  });
}

async function* batchesIn(dataset: Dataset): AsyncGenerator<unknown, void, void> {
  const stream = dataset.open({ batchSize: ROWS, shuffle: false, seed: 0, pass: 0 });
  try {
    for (let batch = await stream.next(); batch !== null; batch = await stream.next()) yield { x: [...batch.x] };
  } finally {
    await stream.close();
  }
}

/** The inputs of a batch, without its targets. */
function inputIn(where: string, batch: unknown): unknown {
  const x = isConfig(batch) && "x" in batch ? batch["x"] : isPair(batch) ? (batch as readonly unknown[])[0] : batch;
  if (!Array.isArray(x) || x.length === 0 || !x.every(isArrayObject)) return x;
  if (x.length === 1) return x[0];
  throw new OptionError({
    code: "adapt-inputs",
    what: `${where} learns from one array in each batch`,
    received: `${x.length} arrays`,
    expected: "one",
    fix: "Give a function that makes batches of the one input: () => batches with that array alone",
  });
}

/** A batch of arrays `[x, y]`, as `fit` takes them, is no array of numbers. */
const isPair = (batch: unknown): boolean =>
  Array.isArray(batch) && batch.length > 0 && (isArrayObject(batch[0]) || batch.some(isArrayObject));

function stepsOfArray(where: string, steps: number): OptionError {
  return new OptionError({
    code: "adapt-steps",
    what: `${where}: steps means nothing for one array`,
    received: String(steps),
    fix: "Leave it out, or give the data in batches",
  });
}

function noData(where: string): OptionError {
  return new OptionError({
    code: "adapt-no-data",
    what: `${where} has nothing to learn from`,
    received: "no data",
    expected: "at least one row",
    fix: "Iterators can be gone through once only: give a function that makes one, e.g. () => batches()",
  });
}

/**
 * The error for learning what the options have already.
 * @param received which options
 * @param fix what to write in their place
 */
export function adaptGiven(where: string, received: string, fix: string): OptionError {
  return new OptionError({
    code: "adapt-given",
    what: `${where} would learn what was given`,
    received: `${received} in the options`,
    fix: `${fix}, or do not adapt`,
  });
}
