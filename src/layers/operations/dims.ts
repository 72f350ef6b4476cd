import { ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Dims, Value } from "../../graph/value.js";
import { wrongSetting } from "./settings.js";

/**
 * Keras's `newshape` as dimensions: -1 (or null, the batch as some files have it) is whatever is left, the batch
 * included.
 */
export function inferredDims(x: Value, newshape: Json | undefined): Dims {
  const given = typeof newshape === "number" ? [newshape] : newshape;
  const isDim = (dim: unknown): boolean =>
    dim === null || (typeof dim === "number" && Number.isInteger(dim) && dim >= -1);
  if (!Array.isArray(given) || !given.every(isDim)) throw wrongSetting("newshape", newshape, "a list of whole numbers");
  const dims = (given as (number | null)[]).map((dim) => dim ?? -1);
  const total = x.shape.reduce((size, dim) => size * dim, 1);
  const open = dims.filter((dim) => dim === -1).length;
  const rest = dims.reduce((size, dim) => (dim === -1 ? size : size * dim), 1);
  const left = total / rest;
  if (open > 1 || (open === 0 && left !== 1) || !Number.isInteger(left)) {
    throw new ShapeError({
      code: "reshape",
      what: "reshape cannot arrange the elements so",
      received: `shape ${formatShape(x.shape)} as (${dims.join(", ")})`,
      expected: "as many elements, with at most one -1, which is whatever is left",
    });
  }
  return dims.map((dim) => (dim === -1 ? left : dim));
}

/** Keras's `pad_width`: one number, one pair, or a pair for each axis. */
export function padWidths(width: Json | undefined, rank: number): readonly [before: number[], after: number[]] {
  const isPair = (item: unknown): boolean =>
    Array.isArray(item) && item.length === 2 && item.every((one) => Number.isInteger(one) && one >= 0);
  let pairs: unknown = width;
  if (typeof width === "number") pairs = new Array(rank).fill([width, width]);
  else if (isPair(width)) pairs = new Array(rank).fill(width);
  if (!Array.isArray(pairs) || !pairs.every(isPair)) throw wrongSetting("pad_width", width, "a pair for each axis");
  const all = pairs as readonly (readonly [number, number])[];
  const wide = all.length === 1 ? new Array<readonly [number, number]>(rank).fill(all[0]!) : all;
  if (wide.length !== rank) throw wrongSetting("pad_width", width, `a pair for each of ${rank} axes`);
  return [wide.map(([before]) => before), wide.map(([, after]) => after)];
}
