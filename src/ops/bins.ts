import { charge } from "../core/budget.js";
import { OptionError } from "../core/errors.js";
import { type Fields, int, nullable, oneOf, resolveOptions, wrongOption } from "../core/options.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";
import { flatOf, sizeAlong } from "./along.js";
import { max } from "./max.js";
import { min } from "./min.js";
import { castTo, type Operand, promote, toFloat, toNumber, toValue } from "./operand.js";

/** Options of {@link searchsorted}. */
export interface SearchsortedOptions {
  /** Before or after elements that are equal. Default "left". */
  readonly side?: "left" | "right";
}

/** The table of {@link SearchsortedOptions}. */
export const SEARCHSORTED: Fields<SearchsortedOptions> = { side: oneOf(["left", "right"], { default: "left" }) };

/** Where values would be put into a sorted sequence so that it stays sorted, as int32. The sequence is no batch. */
export function searchsorted(sorted: Operand, values: Operand, options?: SearchsortedOptions): Value {
  const { side } = resolveOptions("searchsorted", SEARCHSORTED, options);
  const [sequence, value] = promote(sorted, values);
  const row = build.reshape(sequence, [...value.shape.map(() => 1), sizeAlong("searchsorted", sequence, 0)]);
  const each = build.reshape(value, [...value.shape, 1]);
  const isBefore = side === "left" ? build.greater(each, row) : build.greaterEqual(each, row);
  return build.sum(build.cast(isBefore, "int32"), [value.shape.length]);
}

/** The bin of each element among bins with these ascending edges, as int32: 0 below the first, as many as edges above. */
export function digitize(x: Operand, bins: Operand): Value {
  return searchsorted(bins, x, { side: "right" });
}

/** Options of {@link bincount}. */
export interface BincountOptions {
  /** How many counts there are; larger elements are not counted. In Keras it is the least number of them. */
  readonly minlength: number;
}

/** The table of {@link BincountOptions}. */
export const BINCOUNT: Fields<BincountOptions> = { minlength: int({ min: 1 }) };

/**
 * How often 0, 1, 2, … occur along the last axis: (...i, n) -> (...i, minlength). As int32, or as the sums of weights.
 * How long the result is cannot depend on data here, as under `jit` in JAX: `minlength` says it.
 * @param weights in the shape of x; null counts each as 1
 */
export function bincount(x: Operand, weights: Operand | null, options: BincountOptions): Value {
  const { minlength } = resolveOptions("bincount", BINCOUNT, options);
  charge("so many counts", 8 * minlength);
  const ids = castTo(toNumber(toValue(x, "int32")), "int32");
  const hits = build.equal(build.reshape(ids, [...ids.shape, 1]), build.iota(minlength));
  const axis = ids.shape.length - 1;
  if (weights === null) return build.sum(build.cast(hits, "int32"), [axis]);
  const shares = toNumber(weights);
  return build.sum(build.mul(build.cast(hits, shares.dtype), build.reshape(shares, [...shares.shape, 1])), [axis]);
}

/** Options of {@link histogram}. */
export interface HistogramOptions {
  /** How many bins. Default 10. */
  readonly bins?: number;
  /** From where to where; what lies outside is not counted. Default null: from the smallest to the largest element. */
  readonly range?: readonly [low: number, high: number] | null;
}

/** The table of {@link HistogramOptions}. */
export const HISTOGRAM: Fields<HistogramOptions> = {
  bins: int({ min: 1 }, { default: 10 }),
  range: nullable({
    parse(value, where) {
      const isPair = Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
      if (isPair && value[0] < value[1]) return value as unknown as readonly [number, number];
      throw wrongOption(where, "[low, high], low below high", value);
    },
  }),
};

/** How many elements lie in bins of equal width, and the edges of these. */
export type Histogram = {
  /** int32 (bins) */
  readonly counts: Value;
  /** float32 (bins + 1) */
  readonly edges: Value;
};

/** Counts the elements of x in bins of equal width; the last bin has its upper edge too. */
export function histogram(x: Operand, options?: HistogramOptions): Histogram {
  const { bins, range } = resolveOptions("histogram", HISTOGRAM, options);
  const value = flatOf(toFloat(x));
  const [least, most] = range === null ? [min(value), max(value)] : range.map((edge) => build.scalar(edge));
  const isFlat = build.equal(least!, most!);
  const half = build.where(isFlat, build.scalar(0.5), build.scalar(0));
  const [low, high] = [build.sub(least!, half), build.add(most!, half)];
  const shares = Array.from({ length: bins + 1 }, (_, k) => k / bins);
  const share = build.constant(new Tensor(shares, [bins + 1], "float32"));
  const edges = build.add(build.mul(low, build.sub(build.scalar(1), share)), build.mul(high, share));
  const isLast = build.constant(
    new Tensor(
      shares.slice(1).map((_, k) => Number(k === bins - 1)),
      [bins],
      "bool",
    ),
  );
  const each = build.reshape(value, [...value.shape, 1]);
  const [from, to] = [build.slice(edges, 0, 0, bins), build.slice(edges, 0, 1, bins + 1)];
  const isBelow = build.or(build.greater(to, each), build.and(isLast, build.equal(each, to)));
  const isIn = build.and(build.greaterEqual(each, from), isBelow);
  return { counts: build.sum(build.cast(isIn, "int32"), [0]), edges };
}

/** Options of {@link unique}. */
export interface UniqueOptions {
  /** How many elements the result has, which cannot depend on data here. */
  readonly size: number;
  /** What stands in places that are left. Default null: the smallest element. */
  readonly fillValue?: number | null;
}

/** The table of {@link UniqueOptions}. */
export const UNIQUE: Fields<UniqueOptions> = {
  size: int({ min: 1 }),
  fillValue: nullable({
    parse(value, where) {
      if (typeof value === "number") return value;
      throw wrongOption(where, "a number or null", value);
    },
  }),
};

/** The elements that differ, and where they come from. */
export type Unique = {
  /** In ascending order, (size). */
  readonly values: Value;
  /** The place of the first of each among all elements, int32 (size). */
  readonly indices: Value;
  /** For each element of x its place in `values`, int32 in the shape of x. */
  readonly inverse: Value;
  /** How often each occurs, int32 (size). */
  readonly counts: Value;
};

/**
 * The elements that differ, in ascending order, as in JAX under `jit`: `size` of them, the smallest ones if there are
 * more; if there are fewer, `fillValue` stands in the places that are left.
 */
export function unique(x: Operand, options: UniqueOptions): Unique {
  const { size, fillValue } = resolveOptions("unique", UNIQUE, options);
  const given = toNumber(x);
  const value = flatOf(given);
  const count = sizeAlong("unique", value, 0);
  if (count === 0) {
    throw new OptionError({ code: "unique", what: "unique needs elements", received: "none", expected: "one or more" });
  }
  const order = build.argsort(value, 0, false, count);
  const sorted = build.takeAlong(value, order, 0);
  const changes = build.not(build.equal(build.slice(sorted, 0, 1, count), build.slice(sorted, 0, 0, count - 1)));
  const steps = build.pad(build.cast(changes, "int32"), [1], [0]);
  const groups = build.cumsum(steps, 0, false, false);
  const isGroup = build.equal(build.reshape(groups, [1, count]), build.reshape(build.iota(size), [size, 1]));
  const counts = build.sum(build.cast(isGroup, "int32"), [1]);
  const starts = build.argmax(build.cast(isGroup, "int32"), 1);
  const isThere = build.greater(counts, build.scalar(0, "int32"));
  const fill =
    fillValue === null ? build.broadcast(build.slice(sorted, 0, 0, 1), [size]) : build.scalar(fillValue, value.dtype);
  const back = build.argsort(order, 0, false, count);
  return {
    values: build.where(isThere, build.gather(sorted, starts), fill),
    indices: build.gather(order, starts),
    inverse: build.reshape(build.minimum(build.gather(groups, back), build.scalar(size - 1, "int32")), given.shape),
    counts,
  };
}
