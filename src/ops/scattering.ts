import { OptionError, ShapeError } from "../core/errors.js";
import { type Fields, int, nullable, oneOf, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { sizeAlong } from "./along.js";
import { castTo, type Operand, toNumber, toValue } from "./operand.js";
import { prod } from "./prod.js";

const whole = (x: Operand): Value => castTo(toValue(x, "int32"), "int32");
const zero = (): Value => build.scalar(0, "int32");

/** Places (..., k) in a shape, counted in row-major order over its first k axes. */
function places(
  op: string,
  indices: Operand,
  shape: readonly number[],
): { readonly ids: Value; readonly rows: number; readonly rest: readonly number[] } {
  const given = whole(indices);
  const last = given.shape.length - 1;
  const depth = given.shape[last] ?? 0;
  const outer = shape.slice(0, depth);
  if (depth < 1 || depth > shape.length || outer.some((dim) => dim < 0)) {
    throw new ShapeError({
      code: "scatter",
      what: `${op} needs places with a number for each of the first axes, whose sizes are known`,
      received: `places ${formatShape(given.shape)} in shape ${formatShape(shape)}`,
      data: { op },
    });
  }
  let ids = build.broadcast(zero(), given.shape.slice(0, -1));
  outer.forEach((dim, k) => {
    const part = build.reshape(build.slice(given, last, k, k + 1), given.shape.slice(0, -1));
    const positive = build.where(build.greater(zero(), part), build.add(part, build.scalar(dim, "int32")), part);
    ids = build.add(build.mul(ids, build.scalar(dim, "int32")), positive);
  });
  return { ids, rows: product(outer), rest: shape.slice(depth) };
}

/** Zeros of a shape with values added at places: (..., k) indices of its first k axes, values (..., rest). */
export function scatter(indices: Operand, values: Operand, shape: readonly number[]): Value {
  const { ids, rows } = places("scatter", indices, shape);
  return build.reshape(build.scatterAdd(ids, toNumber(values), rows), shape);
}

/** What becomes of an element that is updated. */
export interface ScatterUpdateOptions {
  /** Default null: it is replaced, by the last update of a place. */
  readonly reduction?: "add" | "max" | "min" | "mul" | null;
}

/** The table of {@link ScatterUpdateOptions}. */
export const SCATTER_UPDATE: Fields<ScatterUpdateOptions> = {
  reduction: nullable(oneOf(["add", "max", "min", "mul"])),
};

/** x with updates (n, rest) at places (n, k) of its first k axes, none of which is the batch. */
export function scatterUpdate(x: Operand, indices: Operand, updates: Operand, options?: ScatterUpdateOptions): Value {
  const { reduction } = resolveOptions("scatterUpdate", SCATTER_UPDATE, options);
  const value = toNumber(x);
  const { ids: given, rows, rest } = places("scatterUpdate", indices, value.shape);
  const ids = build.shaped(given, [product(given.shape)]);
  const parts = build.shaped(castTo(toNumber(updates), value.dtype), [ids.shape[0]!, ...rest]);
  const table = build.shaped(value, [rows, ...rest]);
  const reduced = (): Value => {
    if (reduction === "add") return build.add(table, build.scatterAdd(ids, parts, rows));
    if (reduction === "max") return build.maximum(table, segments("scatterUpdate", parts, ids, rows, "max"));
    if (reduction === "min") return build.minimum(table, segments("scatterUpdate", parts, ids, rows, "min"));
    if (reduction === "mul") return build.mul(table, segments("scatterUpdate", parts, ids, rows, "prod"));
    return replaced(table, ids, parts);
  };
  return build.shaped(reduced(), value.shape);
}

/** The last update of each row, in the order of the updates. */
function replaced(table: Value, ids: Value, parts: Value): Value {
  const [rows, ...rest] = table.shape as [number, ...number[]];
  const count = sizeAlong("scatterUpdate", ids, 0);
  const order = build.argsort(ids, 0, false, count);
  const sorted = build.gather(ids, order);
  const differs = build.not(build.equal(build.slice(sorted, 0, 0, count - 1), build.slice(sorted, 0, 1, count)));
  const isLast = build.concat([differs, build.broadcast(build.scalar(1, "bool"), [1])], 0);
  const full = build.reshape(isLast, [count, ...rest.map(() => 1)]);
  const kept = build.where(full, build.gather(parts, order), build.scalar(0, parts.dtype));
  const hits = build.scatterAdd(sorted, build.cast(isLast, "int32"), rows);
  const isHit = build.reshape(build.greater(hits, zero()), [rows, ...rest.map(() => 1)]);
  return build.where(isHit, build.scatterAdd(sorted, kept, rows), table);
}

/** x with updates in the place of the part that begins at these indices, one number for each axis. */
export function sliceUpdate(x: Operand, startIndices: readonly number[], updates: Operand): Value {
  const value = toNumber(x);
  const part = castTo(toNumber(updates), value.dtype);
  const fits =
    part.shape.length === value.shape.length &&
    startIndices.length === value.shape.length &&
    value.shape.every((dim, i) =>
      dim < 0
        ? part.shape[i] === dim && startIndices[i] === 0
        : startIndices[i]! >= 0 && startIndices[i]! + part.shape[i]! <= dim,
    );
  if (!fits) {
    throw new ShapeError({
      code: "slice-update",
      what: "sliceUpdate replaces a part that lies inside",
      received: `${formatShape(part.shape)} from (${startIndices.join(", ")}) in ${formatShape(value.shape)}`,
      expected: "a start for each axis, and on the batch 0 and all rows",
    });
  }
  const after = value.shape.map((dim, i) => dim - startIndices[i]! - part.shape[i]! + 0);
  const inside = build.pad(build.broadcast(build.scalar(1, "int32"), part.shape), startIndices, after);
  return build.where(build.greater(inside, zero()), build.pad(part, startIndices, after), value);
}

/** Options of the reductions over segments. */
export interface SegmentOptions {
  /** How many segments; elements of others are left out. It cannot depend on data here. */
  readonly numSegments: number;
  /** That the ids are in order; it changes nothing here. Default false. */
  readonly sorted?: boolean;
}

/** The table of {@link SegmentOptions}. */
export const SEGMENTS: Fields<SegmentOptions> = {
  numSegments: int({ min: 1 }),
  sorted: { default: false, parse: (value) => value === true },
};

function segments(op: string, data: Operand, ids: Operand, count: number, kind: "sum" | "max" | "min" | "prod"): Value {
  const value = toNumber(data);
  const given = whole(ids);
  if (given.shape.length !== 1 || given.shape[0] !== value.shape[0]) {
    throw new OptionError({
      code: "segments",
      what: `${op} needs a segment for each entry of the first axis`,
      received: `ids ${formatShape(given.shape)} for data ${formatShape(value.shape)}`,
      data: { op },
    });
  }
  if (kind === "sum") {
    const isOther = build.or(build.greater(zero(), given), build.greaterEqual(given, build.scalar(count, "int32")));
    const safe = build.where(isOther, build.scalar(count, "int32"), given);
    return build.slice(build.scatterAdd(safe, value, count + 1), 0, 0, count);
  }
  const rest = value.shape.slice(1);
  const isOwn = build.reshape(
    build.equal(build.reshape(given, [1, given.shape[0]!]), build.reshape(build.iota(count), [count, 1])),
    [count, given.shape[0]!, ...rest.map(() => 1)],
  );
  const isFloat = value.dtype === "float32";
  const least = isFloat ? Number.NEGATIVE_INFINITY : -(2 ** 31);
  const most = isFloat ? Number.POSITIVE_INFINITY : 2 ** 31 - 1;
  const neutral = kind === "prod" ? 1 : kind === "max" ? least : most;
  const own = build.where(isOwn, build.reshape(value, [1, ...value.shape]), build.scalar(neutral, value.dtype));
  if (kind === "prod") return prod(own, { axes: 1 });
  return kind === "max" ? build.max(own, [1]) : build.neg(build.max(build.neg(own), [1]));
}

/** Sums of the entries of the first axis that have the same id. */
export function segmentSum(data: Operand, segmentIds: Operand, options: SegmentOptions): Value {
  return segments("segmentSum", data, segmentIds, resolveOptions("segmentSum", SEGMENTS, options).numSegments, "sum");
}

/** Largest elements of the entries that have the same id; -Infinity for a segment without any. */
export function segmentMax(data: Operand, segmentIds: Operand, options: SegmentOptions): Value {
  return segments("segmentMax", data, segmentIds, resolveOptions("segmentMax", SEGMENTS, options).numSegments, "max");
}

/** Smallest elements of the entries that have the same id; Infinity for a segment without any. */
export function segmentMin(data: Operand, segmentIds: Operand, options: SegmentOptions): Value {
  return segments("segmentMin", data, segmentIds, resolveOptions("segmentMin", SEGMENTS, options).numSegments, "min");
}

/** Products of the entries that have the same id; the first axis is no batch. */
export function segmentProd(data: Operand, segmentIds: Operand, options: SegmentOptions): Value {
  return segments(
    "segmentProd",
    data,
    segmentIds,
    resolveOptions("segmentProd", SEGMENTS, options).numSegments,
    "prod",
  );
}
