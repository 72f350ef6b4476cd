import { OptionError } from "../core/errors.js";
import { bool, type Fields, int, nullable, resolveOptions, wrongOption } from "../core/options.js";
import { nextSeed } from "../core/seed.js";
import type { TensorLike } from "../core/tensor.js";
import { isPlainObject, valueText } from "../core/value-text.js";
import { ArrayDataset, type ArraysInput, permutation } from "../data/index.js";

/** Options of `splitDataset`, as in Keras. */
export interface SplitDatasetOptions {
  /** Rows of the left part: a number of rows from 1, or a fraction below 1. Default null: what the right part leaves. */
  readonly leftSize?: number | null;
  /** The same for the right part, which is taken from the end. Default null: what the left part leaves. */
  readonly rightSize?: number | null;
  /** Whether to shuffle the rows first. Default false. */
  readonly shuffle?: boolean;
  /** 0 to 2^32 - 1: gives the same order each time. Default null: derived from `setRandomSeed`, else random. */
  readonly seed?: number | null;
}

const size = nullable<number>({
  parse(value, where) {
    if (typeof value === "number" && value > 0 && (value < 1 || Number.isInteger(value))) return value;
    throw wrongOption(where, "a number of rows from 1, or a fraction > 0 and < 1", value);
  },
});
const FIELDS: Fields<SplitDatasetOptions> = {
  leftSize: size,
  rightSize: size,
  shuffle: bool(false),
  seed: nullable(int({ min: 0, max: 0xffff_ffff })),
};

/** Arrays that belong together: x; `[x, y]`, `[x, y, sampleWeight]`; by name; or a data set of arrays. */
export type SplittableData =
  | ArraysInput
  | readonly [TensorLike | ArrayBufferView, ...(TensorLike | ArrayBufferView)[]]
  | { readonly x: ArraysInput; readonly y?: ArraysInput | null; readonly sampleWeight?: ArraysInput | null }
  | ArrayDataset;

/**
 * Two data sets of the same data, e.g. for training and for testing: `fit` takes them as they are.
 * @param data a list of tensors is `[x, y]` or `[x, y, sampleWeight]`, a tensor or nested numbers are x
 * @throws {OptionError} when a part would be empty, or both are larger than the data
 * @example const [left, right] = utils.splitDataset([x, y], { leftSize: 0.8, shuffle: true, seed: 1 });
 */
export function splitDataset(data: SplittableData, options?: SplitDatasetOptions): [ArrayDataset, ArrayDataset] {
  const { leftSize, rightSize, shuffle, seed } = resolveOptions("splitDataset", FIELDS, options);
  const whole = datasetOf(data);
  const { rows } = whole;
  const [left, right] = sizesOf(leftSize, rightSize, rows);
  const source = shuffle ? shuffled(whole, seed ?? nextSeed("splitDataset")) : whole;
  return [source.slice(0, left), source.slice(rows - right, rows)];
}

function datasetOf(data: unknown): ArrayDataset {
  if (data instanceof ArrayDataset) return data;
  if (
    Array.isArray(data) &&
    data.length > 0 &&
    data.every((item) => typeof item === "object" && !Array.isArray(item))
  ) {
    if (data.length <= 3) return new ArrayDataset({ x: data[0], y: data[1] ?? null, sampleWeight: data[2] ?? null });
    throw notSplittable(`a list of ${data.length} arrays`);
  }
  if (isPlainObject(data) && !("data" in data && "shape" in data)) {
    return new ArrayDataset(data as unknown as { x: ArraysInput });
  }
  if (typeof data !== "object" || data === null) throw notSplittable(valueText(data));
  const isArray = Array.isArray(data) || ArrayBuffer.isView(data) || ("data" in data && "shape" in data);
  if (!isArray) throw notSplittable(valueText(data));
  return new ArrayDataset({ x: data as ArraysInput });
}

function shuffled(whole: ArrayDataset, seed: number): ArrayDataset {
  return whole.take(permutation(whole.rows, seed, 0));
}

/** Rows of the two parts; fractions are rounded to the nearest whole number, halves to the even one, as in Python. */
function sizesOf(left: number | null, right: number | null, rows: number): [number, number] {
  if (left === null && right === null) throw wrongSizes(left, right, rows, "leftSize, rightSize or both");
  const count = (size: number): number => (size < 1 ? roundHalfToEven(size * rows) : size);
  const [a, b] = [left === null ? null : count(left), right === null ? null : count(right)];
  const sizes: [number, number] = [a ?? rows - b!, b ?? rows - a!];
  if (sizes.some((part) => part <= 0) || sizes[0] + sizes[1] > rows) {
    throw wrongSizes(left, right, rows, "two parts of at least one row each, of no more rows than there are");
  }
  return sizes;
}

function roundHalfToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

function wrongSizes(left: number | null, right: number | null, rows: number, expected: string): OptionError {
  return new OptionError({
    code: "split-sizes",
    what: `splitDataset cannot divide ${rows} rows so`,
    received: `leftSize: ${left}, rightSize: ${right}`,
    expected,
    fix: "Give one of them, e.g. leftSize: 0.8",
  });
}

function notSplittable(received: string): OptionError {
  return new OptionError({
    code: "not-splittable",
    what: "splitDataset takes arrays, since it must know all rows",
    received,
    expected: "x, [x, y], [x, y, sampleWeight], { x, y }, or an ArrayDataset",
    fix: "Collect the batches of a generator into arrays first, or make two generators",
  });
}
